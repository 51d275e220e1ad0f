import { expect, test } from 'vitest';
import { embedRows } from '../../ingest/embed-rows.ts';
import type { IdentifiedChunk } from '../../ingest/plan-changes.ts';
import type { Embedder, Passage, PassageEmbedding } from '../../knowledge/embedder.ts';

const vector = new Float32Array([1, 0]);

function row(n: number): IdentifiedChunk {
  return {
    ...{ id: `id-${n}`, embedHash: `hash-${n}`, path: 'a.md', title: 'A', section: 0, sectionHash: 'x' },
    ...{ anchor: '', headings: [], start: n, end: n + 1, text: `${n}`, blocks: [], audience: [] },
    ...{ sentences: [{ start: n, end: n + 1, text: `${n}`, kind: 'sentence', block: 0 }], changedAt: '' },
  };
}

function rows(count: number): IdentifiedChunk[] {
  return Array.from({ length: count }, (_, n) => row(n));
}

/** An embedder whose calls are answered by hand. */
function makeSlow() {
  const calls: { passages: readonly Passage[]; answer: () => void }[] = [];
  const embedder: Embedder = {
    id: 'slow',
    dimensions: 2,
    embedQuery: async () => vector,
    embedPassages: (passages) =>
      new Promise<PassageEmbedding[]>((resolve) => {
        const answer = () =>
          resolve(passages.map(({ sentences }) => ({ vector, sentences: sentences.map(() => vector) })));
        calls.push({ passages, answer });
      }),
    close: async () => undefined,
  };
  return { embedder, calls };
}

async function settled(): Promise<void> {
  for (let turn = 0; turn < 5; turn++) await Promise.resolve();
}

test('the model always has one part ahead, and no more', async () => {
  const { embedder, calls } = makeSlow();
  const sizes: number[] = [];
  const made = embedRows({
    ...{ reuse: [], embed: rows(400), vectorsOf: async () => new Map(), embedder },
    onEmbedded: (passages) => sizes.push(passages),
  });
  await settled();
  expect(calls.map(({ passages }) => passages.length)).toEqual([128, 128]);
  calls[0]?.answer();
  await settled();
  expect(calls).toHaveLength(3);
  for (let next = 1; next < 4; next++) {
    calls[next]?.answer();
    await settled();
  }
  expect((await made).map(({ id }) => id)).toEqual(rows(400).map(({ id }) => id));
  expect(sizes).toEqual([128, 128, 128, 16]);
});

test('vectors of rows that are still being written are waited for, the model is not kept waiting by that', async () => {
  const { embedder, calls } = makeSlow();
  const order: string[] = [];
  let written = () => {};
  const earlier = new Promise<void>((resolve) => {
    written = resolve;
  });
  const made = embedRows({
    ...{ reuse: [{ row: row(9), from: 'id-before' }], embed: rows(2), earlier, embedder },
    async vectorsOf(ids) {
      order.push(`read ${ids}`);
      return new Map([['id-before', { vector, sentenceVectors: [new Int8Array(2)] }]]);
    },
    onEmbedded: () => order.push('embedded'),
  });
  await settled();
  expect(calls).toHaveLength(1);
  calls[0]?.answer();
  await settled();
  expect(order).toEqual(['embedded']);
  written();
  expect((await made).map(({ id }) => id)).toEqual(['id-0', 'id-1', 'id-9']);
  expect(order).toEqual(['embedded', 'read id-before']);
});

test('a failure of any part is told, and nothing is left unheard', async () => {
  const { embedder } = makeSlow();
  const failing: Embedder = {
    ...embedder,
    embedPassages: (passages) =>
      passages.length === 128 ? Promise.reject(new Error('no model')) : Promise.resolve([]),
  };
  const made = embedRows({
    ...{ reuse: [], embed: rows(300), vectorsOf: async () => new Map(), embedder: failing },
    onEmbedded: () => undefined,
  });
  await expect(made).rejects.toThrow('no model');
});
