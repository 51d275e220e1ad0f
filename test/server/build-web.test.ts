import { mkdir, mkdtemp, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { buildWebIfStale } from '../../server/build-web.ts';

const config = `export default {
  root: import.meta.dirname,
  build: { outDir: '../built', emptyOutDir: true },
  plugins: [{
    name: 'widget',
    generateBundle() {
      this.emitFile({ type: 'asset', fileName: 'widget.js', source: 'widget' });
    },
  }],
};`;

let folder: string;
let built: number;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'docent-build-'));
  await mkdir(join(folder, 'web'));
  await writeFile(join(folder, 'web', 'vite.config.ts'), config);
  await writeFile(join(folder, 'web', 'index.html'), '<!doctype html><title>First</title>');
  built = 0;
});
afterAll(() => rm(folder, { recursive: true }));

async function build(): Promise<number> {
  await buildWebIfStale({
    sourceDir: join(folder, 'web'),
    webDir: join(folder, 'built'),
    onBuild: () => {
      built += 1;
    },
  });
  return built;
}

it('builds what is missing, a page or the widget, or older than its sources, and nothing else', async () => {
  expect(await build()).toBe(1);
  expect(await readFile(join(folder, 'built', 'widget.js'), 'utf8')).toBe('widget');
  expect(await build()).toBe(1);
  await rm(join(folder, 'built', 'widget.js'));
  expect(await build()).toBe(2);
  expect(await build()).toBe(2);
  const later = new Date(Date.now() + 5_000);
  await utimes(join(folder, 'web', 'index.html'), later, later);
  expect(await build()).toBe(3);
});
