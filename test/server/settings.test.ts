import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { SETTINGS } from '../../server/config.ts';

const read = (name: string) => readFileSync(fileURLToPath(new URL(`../../${name}`, import.meta.url)), 'utf8');
const readme = read('README.md');
const example = read('.env.example');

test.each(SETTINGS)('%s stands in the README’s table and in .env.example', (name) => {
  expect(readme).toMatch(new RegExp(`^\\| \`${name}\` \\|`, 'm'));
  expect(example).toMatch(new RegExp(`^# ${name}=`, 'm'));
});

test('and nothing else does', () => {
  const told = [...example.matchAll(/^# ([A-Z_]+)=/gm)].map(([, name]) => name);
  expect(told.filter((name) => !SETTINGS.includes(name ?? ''))).toEqual([]);
});
