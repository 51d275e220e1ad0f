import { renameSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { spawnMain } from '../server/spawn-main.ts';
import { startIngest } from './spawn-ingest.ts';
import { tempFolder, writeInto } from './temp-folder.ts';

const SAVES = ['ferry', 'tram', 'bicycle'] as const;

async function read(url: string): Promise<Record<string, unknown>> {
  const body: unknown = await (await fetch(url)).json();
  if (typeof body !== 'object' || body === null) throw new Error('not an object');
  return { ...body };
}

test('each save is answered from by a server that goes on running', async () => {
  const docs = tempFolder({ 'travel.md': '# Travel\n\n## How to get there\n\nEverybody comes by train.\n' });
  const store = join(tempFolder(), 'store');
  const watch = startIngest([docs, '--store', store, '--watch', '--json']);
  await vi.waitFor(() => expect(watch.said.stderr).toContain('Watching'), { timeout: 120_000 });
  const server = spawnMain({ DOCS_DIR: docs, STORE_URI: store, INGEST_ON_START: 'off' });
  onTestFinished(() => void server.child.kill('SIGKILL'));
  const url = await server.url;
  expect(await read(`${url}/api/info`)).toMatchObject({ version: 1 });

  const milliseconds: number[] = [];
  for (const [index, vehicle] of SAVES.entries()) {
    const version = index + 2;
    // As editors save: never half of it.
    writeInto(docs, 'draft', `# Travel\n\n## How to get there\n\nEverybody comes by ${vehicle}.\n`);
    renameSync(join(docs, 'draft'), join(docs, 'travel.md'));
    const saved = performance.now();
    await vi.waitFor(async () => expect(await read(`${url}/api/info`)).toMatchObject({ version }), {
      timeout: 60_000,
      interval: 20,
    });
    milliseconds.push(Math.round(performance.now() - saved));
    const found = await read(`${url}/api/search?q=${encodeURIComponent('How do I get there?')}`);
    expect(found).toMatchObject({ version });
    expect(JSON.stringify(found)).toContain(`Everybody comes by ${vehicle}.`);
  }
  console.info(`from a save to the version that has it: ${milliseconds.join(', ')} ms`);
}, 240_000);
