import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runIngest } from '../../ingest/run-ingest.ts';
import { countTokens } from './crash-states.ts';
import { makeFakeEmbedder } from './fake-embedder.ts';
import { snapshotOf } from './synced-store.ts';
import { tempFolder, writeInto } from './temp-folder.ts';

test('a folder that has lost its last document is refused, naming what the index keeps, or empties it', async () => {
  const [docsDir, storeUri] = [tempFolder({ 'a.md': '# A\n\nAlpha.\n' }), join(tempFolder(), 'store')];
  const embedder = makeFakeEmbedder();
  const ingest = (mayBeEmpty: boolean) =>
    runIngest({ docsDir, storeUri, embedder, countTokens, full: false, mayBeEmpty });
  await ingest(false);
  rmSync(join(docsDir, 'a.md'));
  await expect(ingest(false)).rejects.toMatchObject({
    code: 'docs_empty',
    message: expect.stringMatching(
      /holds no .*file.*The index keeps the file that it holds; --allow-empty empties it\.$/,
    ),
  });
  expect(await (await snapshotOf(storeUri, embedder)).document('a.md')).toBeDefined();

  expect(await ingest(true)).toMatchObject({ files: 0, chunks: 0, deleted: 1, version: 2, warnings: [] });
  const emptied = await snapshotOf(storeUri, embedder);
  expect(await emptied.documents()).toEqual([]);
  expect(await emptied.searchText('alpha', 5)).toEqual([]);
  expect(await emptied.searchVector(await embedder.embedQuery('alpha'), 5)).toEqual([]);
  expect(await ingest(true)).toMatchObject({ files: 0, version: 2 });

  writeInto(docsDir, 'b.md', '# B\n\nBeta.\n');
  expect(await ingest(false)).toMatchObject({ files: 1, version: 3 });
});

test('an index may begin empty', async () => {
  const [docsDir, storeUri] = [tempFolder(), join(tempFolder(), 'store')];
  const embedder = makeFakeEmbedder();
  const ingest = (mayBeEmpty: boolean) =>
    runIngest({ docsDir, storeUri, embedder, countTokens, full: false, mayBeEmpty });
  await expect(ingest(false)).rejects.toMatchObject({
    code: 'docs_empty',
    message: expect.not.stringContaining('--allow-empty'),
  });
  expect(await ingest(true)).toMatchObject({ files: 0, version: 1 });
  writeInto(docsDir, 'b.md', '# B\n\nBeta.\n');
  expect(await ingest(false)).toMatchObject({ files: 1, version: 2 });
});
