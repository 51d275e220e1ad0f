import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runIngest } from '../../ingest/run-ingest.ts';
import { fingerprintOf } from '../../knowledge/fingerprint.ts';
import { openStoreReader } from '../../knowledge/store-reader.ts';
import { tempFolder, writeInto } from './temp-folder.ts';
import { makeWordEmbedder } from './word-embedder.ts';

const countTokens = (text: string) => Math.ceil(text.length / 4);

test('what a run came to can be read beside the index, also when it changed nothing', async () => {
  const docsDir = tempFolder({ 'a.md': '# A\n\n[x](no.md)\n', 'b.md': '# B\n\nBeta.\n' });
  const storeUri = tempFolder();
  const embedder = makeWordEmbedder();
  const run = () => runIngest({ docsDir, source: './docs', storeUri, full: false, embedder, countTokens });
  const expected = fingerprintOf(embedder);
  const store = openStoreReader({ uri: storeUri, expected });

  expect(await store.lastRun()).toBeUndefined();
  await run();
  const first = await store.lastRun();
  const findings = [{ path: 'a.md', rule: 'broken-link', severity: 'error', count: 1 }];
  expect(first).toMatchObject({
    version: 1,
    source: './docs',
    files: 2,
    embedded: 2,
    unchanged: 0,
    failed: [],
    findings,
  });

  writeFileSync(join(docsDir, 'c.md'), Uint8Array.of(0xff, 0xfe, 0x41));
  await run();
  const second = await store.lastRun();
  const unread = { path: 'c.md', rule: 'not-utf8', severity: 'error', count: 1 };
  expect(second).toMatchObject({ version: 1, embedded: 0, unchanged: 2, failedFiles: 1 });
  expect(second?.findings).toEqual([unread, ...findings]);
  expect(second?.failed).toMatchObject([{ path: 'c.md', message: expect.stringContaining('UTF-8') }]);
  expect(Date.parse(second?.endedAt ?? '')).toBeGreaterThanOrEqual(Date.parse(first?.endedAt ?? ''));

  writeInto(docsDir, 'a.md', '# A\n\nAlpha.\n');
  rmSync(join(docsDir, 'c.md'));
  await run();
  expect(await store.lastRun()).toMatchObject({ version: 2, findings: [] });
  await store.close();
});
