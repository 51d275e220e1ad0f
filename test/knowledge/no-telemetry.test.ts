import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runCommand } from '../server/run-command.ts';
import { spawnMain } from '../server/spawn-main.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'docent-telemetry-'));
  mkdirSync(join(folder, 'docs'));
  writeFileSync(join(folder, 'docs/rmm.md'), '# RMM\n\nAn RMM watches the devices of a client from afar.\n');
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Where ONNX Runtime would keep its identifier and what it has yet to send: below a home of its own. */
function settingsFor(name: string): Record<string, string> {
  const home = join(folder, name);
  mkdirSync(join(home, 'tmp'), { recursive: true });
  return {
    HOME: home,
    XDG_CACHE_HOME: '',
    TMPDIR: join(home, 'tmp'),
    // It keeps quiet by itself where it finds that it is being tested.
    CI: '',
    GITHUB_ACTIONS: '',
    ORT_DISABLE_TELEMETRY: '',
  };
}

function expectNothingLeft(name: string): void {
  expect(existsSync(join(folder, name, '.cache/Microsoft'))).toBe(false);
  expect(readdirSync(join(folder, name, 'tmp')).filter((file) => file.startsWith('mat-debug'))).toEqual([]);
}

const mains = { DOCS_DIR: 'docs', STORE_URI: 'store' };

test('an ingest, and a question at the command, leave no trace of telemetry', async () => {
  const settings = { ...mains, ...settingsFor('command') };
  const [docs, store] = [join(folder, 'docs'), join(folder, 'store')];
  expect(await runCommand('ingest/main.ts', { args: [docs, '--store', store], settings })).toMatchObject({
    code: 0,
  });
  expectNothingLeft('command');
  const asked = await runCommand('server/ask-main.ts', {
    args: ['--docs', docs, '--store', store, 'What is an RMM?'],
    settings: { ...settings, INGEST_ON_START: 'off' },
  });
  expect(asked).toMatchObject({ code: 0, stdout: expect.stringContaining('watches the devices') });
  expectNothingLeft('command');
});

test('a server leaves none', async () => {
  const { child, url, ended } = spawnMain({
    ...settingsFor('server'),
    DOCS_DIR: join(folder, 'docs'),
    STORE_URI: join(folder, 'served'),
  });
  await url;
  child.kill('SIGTERM');
  expect(await ended).toMatchObject({ code: 0 });
  expectNothingLeft('server');
});
