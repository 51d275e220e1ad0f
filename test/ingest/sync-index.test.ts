import { expect, test } from 'vitest';
import { DocentError } from '../../knowledge/errors.ts';
import type { StoreWriter } from '../../knowledge/store-writer.ts';
import { makeFakeEmbedder } from './fake-embedder.ts';
import { contentOf, type Files, snapshotOf, sync } from './synced-store.ts';
import { tempFolder } from './temp-folder.ts';

const rmm =
  '# RMM\n\nAn agent watches computers.\n\n## Alerts\n\nAlerts become tickets. Noise is tuned away.\n';
const psa =
  '# PSA\n\nA PSA holds tickets, time and invoices.\n\n## Billing\n\nTime entries become invoices.\n';
const files: Files = { 'rmm.md': rmm, 'tools/psa.md': psa };

test('a first run embeds every chunk once and readers see all of it', async () => {
  const [uri, embedder] = [tempFolder(), makeFakeEmbedder()];
  const summary = await sync(uri, files, { embedder });
  expect(summary).toEqual({
    files: 2,
    sections: 4,
    chunks: 4,
    embedded: 4,
    shared: 0,
    unchanged: 0,
    deleted: 0,
    failed: [],
    version: 1,
    rowsWritten: 6,
  });
  expect(embedder.embedded).toHaveLength(4);
  const snapshot = await snapshotOf(uri, embedder);
  expect(snapshot).toMatchObject({ version: 1, chunkCount: 4 });
  expect(Object.keys(await contentOf(snapshot))).toEqual(['rmm.md', 'tools/psa.md']);
});

test('nothing changed: nothing is cut, embedded or written, and the version stays', async () => {
  const [uri, embedder] = [tempFolder(), makeFakeEmbedder()];
  await sync(uri, files, { embedder });
  const cut: string[] = [];
  const again = makeFakeEmbedder();
  const summary = await sync(uri, files, { embedder: again, onCut: (path) => cut.push(path) });
  expect(summary).toMatchObject({ version: 1, chunks: 4, embedded: 0, unchanged: 4, rowsWritten: 0 });
  expect(again.embedded).toEqual([]);
  expect(cut).toEqual([]);
});

test('an edited sentence embeds its chunk only', async () => {
  const [uri, embedder] = [tempFolder(), makeFakeEmbedder()];
  await sync(uri, files, { embedder });
  const edited = { ...files, 'rmm.md': rmm.replace('An agent watches', 'A small agent watches over') };
  const again = makeFakeEmbedder();
  const summary = await sync(uri, edited, { embedder: again });
  expect(again.embedded.map(({ sentences }) => sentences)).toEqual([
    ['A small agent watches over computers.'],
  ]);
  expect(summary).toMatchObject({ version: 2, chunks: 4, embedded: 1, unchanged: 3, deleted: 1 });
  const snapshot = await snapshotOf(uri, embedder);
  const [, alerts] = await snapshot.chunksOf([
    { path: 'rmm.md', section: 0 },
    { path: 'rmm.md', section: 1 },
  ]);
  const source = (await snapshot.document('rmm.md'))?.source ?? '';
  expect(source.slice(alerts?.start, alerts?.end)).toBe(alerts?.text);
});

test('a moved file and sections in another order embed nothing', async () => {
  const [uri, embedder] = [tempFolder(), makeFakeEmbedder()];
  await sync(uri, files, { embedder });
  const [head, ...rest] = rmm.split('\n## ');
  const grown = [head, ...rest, 'Patches\n\nPatches are installed at night.\n'];
  await sync(uri, { 'rmm.md': grown.join('\n## ') }, { embedder: makeFakeEmbedder() });
  const again = makeFakeEmbedder();
  const reordered = [grown[0], grown[2], grown[1]].join('\n## ');
  const summary = await sync(uri, { 'moved/agents.md': reordered }, { embedder: again });
  expect(again.embedded).toEqual([]);
  expect(summary).toMatchObject({ files: 1, chunks: 3, embedded: 0, deleted: 0 });
  expect(await contentOf(await snapshotOf(uri, embedder))).toEqual({
    'moved/agents.md': expect.arrayContaining([expect.stringContaining('Patches are installed')]),
  });
});

test('the same passage twice is embedded once, and counts as nothing that was there before', async () => {
  const [uri, embedder] = [tempFolder(), makeFakeEmbedder()];
  const summary = await sync(uri, { 'a.md': rmm, 'b.md': rmm }, { embedder });
  expect(summary).toMatchObject({ chunks: 4, embedded: 2, shared: 2, unchanged: 0 });
  const more = await sync(
    uri,
    { 'a.md': rmm, 'b.md': rmm, 'c.md': rmm, 'd.md': psa, 'e.md': psa },
    { embedder },
  );
  expect(more).toMatchObject({ chunks: 10, embedded: 2, shared: 2, unchanged: 6 });
});

test('a deleted file leaves no rows and no words', async () => {
  const [uri, embedder] = [tempFolder(), makeFakeEmbedder()];
  await sync(uri, files, { embedder });
  expect((await snapshotOf(uri, embedder)).chunksWith('invoic')).toBe(2);
  const summary = await sync(uri, { 'rmm.md': rmm }, { embedder: makeFakeEmbedder() });
  expect(summary).toMatchObject({ files: 1, chunks: 2, embedded: 0, deleted: 2 });
  const snapshot = await snapshotOf(uri, embedder);
  expect(await snapshot.document('tools/psa.md')).toBeUndefined();
  expect(await snapshot.searchText('invoices', 5)).toEqual([]);
  expect(snapshot.chunksWith('invoic')).toBe(0);
  expect(snapshot.chunksWith('ticket')).toBe(1);
});

test('a file that failed keeps its old rows and is named', async () => {
  const [uri, embedder] = [tempFolder(), makeFakeEmbedder()];
  await sync(uri, files, { embedder });
  const before = await contentOf(await snapshotOf(uri, embedder));
  await sync(uri, { 'rmm.md': rmm }, { embedder, failedPaths: new Set(['tools/psa.md']) });
  expect(await contentOf(await snapshotOf(uri, embedder))).toEqual(before);
});

test('one version is never a mix of another model: other settings are written beside and then switched', async () => {
  const [uri, embedder] = [tempFolder(), makeFakeEmbedder()];
  await sync(uri, files, { embedder });
  const other = makeFakeEmbedder('other');
  await expect(snapshotOf(uri, other)).rejects.toMatchObject({
    code: 'store_mismatch',
    message: expect.stringMatching(/"fake" instead of "other".*npm run ingest/),
  });
  expect(await sync(uri, files, { embedder: other })).toMatchObject({ version: 2, embedded: 4 });
  expect((await snapshotOf(uri, other)).version).toBe(2);
  await expect(snapshotOf(uri, embedder)).rejects.toMatchObject({ code: 'store_mismatch' });
});

test('full embeds everything again', async () => {
  const [uri, embedder] = [tempFolder(), makeFakeEmbedder()];
  await sync(uri, files, { embedder });
  expect(await sync(uri, files, { embedder, full: true })).toMatchObject({ version: 2, embedded: 4 });
});

/** Every call of the writer that a run with changes makes, so that a fault can be put at each. */
const steps = [
  'documents',
  'chunkKeys',
  'vectorsOf',
  'addChunks',
  'addDocuments',
  'deleteChunks',
  'deleteDocuments',
  'commit',
] as const;

test.each(
  steps.flatMap(
    (step) =>
      [
        [step, 'before'],
        [step, 'after'],
      ] as const,
  ),
)(
  'a run that dies at %s, %s it is done, leaves the old version whole and the next completes',
  async (step, when) => {
    const [uri, embedder] = [tempFolder(), makeFakeEmbedder()];
    await sync(uri, files, { embedder });
    const before = await contentOf(await snapshotOf(uri, embedder));
    const changed: Files = {
      'rmm.md': rmm.replace('Noise', 'Chatter'),
      'moved.md': psa,
      'new.md': '# New\n\nSomething else.\n',
    };
    const broken = new Error('killed');
    const dying = (writer: StoreWriter): StoreWriter => ({
      ...writer,
      [step]: async (argument: never) => {
        if (when === 'before') throw broken;
        const call: (argument: never) => Promise<unknown> = writer[step];
        await call(argument);
        throw broken;
      },
    });
    await expect(sync(uri, changed, { embedder: makeFakeEmbedder(), wrap: dying })).rejects.toBe(broken);
    const committed = step === 'commit' && when === 'after';
    if (!committed) expect(await contentOf(await snapshotOf(uri, embedder))).toEqual(before);

    const again = makeFakeEmbedder();
    await sync(uri, changed, { embedder: again });
    const fresh = tempFolder();
    await sync(fresh, changed, { embedder: makeFakeEmbedder() });
    const [healed, expected] = [await snapshotOf(uri, embedder), await snapshotOf(fresh, embedder)];
    expect(await contentOf(healed)).toEqual(await contentOf(expected));
    expect(healed.chunkCount).toBe(expected.chunkCount);
    for (const term of ['ticket', 'invoic', 'nois', 'chatter', 'someth'])
      expect([term, healed.chunksWith(term)]).toEqual([term, expected.chunksWith(term)]);
    const written = ['addDocuments', 'deleteChunks', 'deleteDocuments', 'commit'].includes(step);
    if (written) expect(again.embedded).toEqual([]);
  },
);

test('a run taken back after it died half way ends where it began', async () => {
  const [uri, embedder] = [tempFolder(), makeFakeEmbedder()];
  await sync(uri, files, { embedder });
  const before = await contentOf(await snapshotOf(uri, embedder));
  const dying = (writer: StoreWriter): StoreWriter => ({
    ...writer,
    commit: async () => {
      throw new Error('killed');
    },
  });
  await expect(sync(uri, { 'rmm.md': psa }, { embedder, wrap: dying })).rejects.toThrow('killed');
  await sync(uri, files, { embedder: makeFakeEmbedder() });
  expect(await contentOf(await snapshotOf(uri, embedder))).toEqual(before);
});

test('an abort leaves the old version', async () => {
  const [uri, embedder] = [tempFolder(), makeFakeEmbedder()];
  await sync(uri, { 'rmm.md': rmm }, { embedder });
  const stop = new AbortController();
  const onCut = () => stop.abort(new Error('stopped'));
  await expect(sync(uri, files, { embedder, signal: stop.signal, onCut })).rejects.toThrow('stopped');
  expect(Object.keys(await contentOf(await snapshotOf(uri, embedder)))).toEqual(['rmm.md']);
});

test('a model that fails is the fault that the run ends with', async () => {
  const uri = tempFolder();
  const embedder = makeFakeEmbedder();
  const failing = {
    ...embedder,
    embedPassages: async () => {
      throw new DocentError('embedding_failed', 'The model is gone.');
    },
  };
  await expect(sync(uri, files, { embedder: failing })).rejects.toMatchObject({ code: 'embedding_failed' });
  await expect(snapshotOf(uri, embedder)).rejects.toMatchObject({ code: 'store_missing' });
});
