import { describe, expect, test } from 'vitest';
import { cutDocument } from '../../ingest/cut-document.ts';
import { termsOfChunk } from '../../knowledge/chunk-terms.ts';
import { dot } from '../../knowledge/dot.ts';
import type { Embedder } from '../../knowledge/embedder.ts';
import { genericQuestion } from '../../knowledge/generic-question.ts';
import { readQuestion } from '../../knowledge/question.ts';
import { rankChunks, shareOf, weighTerms } from '../../knowledge/rank.ts';
import { search } from '../../knowledge/search.ts';
import type { Snapshot, StoredChunk } from '../../knowledge/snapshot.ts';
import { terms } from '../../knowledge/terms.ts';

/** A vector for each text: one dimension for each of a few words, of unit length. */
const WORDS = ['badge', 'leave', 'laptop', 'desk'];
function vectorOf(text: string): Float32Array {
  const held = new Set(terms(text));
  const values = Float32Array.from(WORDS, (word) => (held.has(terms(word)[0] ?? '') ? 1 : 0.01));
  const length = Math.hypot(...values);
  return values.map((value) => value / length);
}

type Counted = Embedder & { asked: number };
function makeEmbedder(fault?: Error): Counted {
  const embedder: Counted = {
    id: 'words',
    dimensions: WORDS.length,
    asked: 0,
    async embedQuery(text) {
      embedder.asked++;
      if (fault) throw fault;
      return vectorOf(text);
    },
    embedPassages: async () => [],
    close: async () => undefined,
  };
  return embedder;
}

const source =
  '# Office\n\n## Badges\n\nA lost badge is reported at the desk.\n\n## Leave\n\nAsk for leave in March.\n\n## Laptops\n\nLaptops arrive by post.\n';
const chunks: StoredChunk[] = cutDocument({
  path: 'office.md',
  source,
  changedAt: '2025-01-01T00:00:00Z',
  countTokens: (text) => text.length / 4,
}).chunks.map((chunk) => ({
  ...chunk,
  id: `${chunk.start}`,
  terms: termsOfChunk(chunk),
  vector: vectorOf(chunk.text),
  sentenceVectors: chunk.sentences.map(({ text }) =>
    Int8Array.from(vectorOf(text), (value) => Math.round(value * 127)),
  ),
}));

const held = chunks.map((chunk) => new Set(terms(`${chunk.headings.join(' ')} ${chunk.text}`)));
const snapshot: Pick<Snapshot, 'chunkCount' | 'chunksWith' | 'searchText' | 'searchVector'> = {
  chunkCount: chunks.length,
  chunksWith: (term) => held.filter((words) => words.has(term)).length,
  searchText: async (question) => {
    const wanted = terms(question);
    const hits = chunks.map((chunk, i) => ({
      chunk,
      score: wanted.filter((term) => held[i]?.has(term)).length,
    }));
    return hits.filter(({ score }) => score > 0);
  },
  searchVector: async (vector, k) =>
    chunks.map((chunk) => ({ chunk, score: dot(vector, chunk.vector) })).slice(0, Math.min(k, 1)),
};
const whole: Snapshot = {
  ...snapshot,
  version: 1,
  fingerprint: { embedder: 'words', dimensions: WORDS.length, chunker: 'c' },
  createdAt: '2025-01-01T00:00:00Z',
  chunksOf: async () => [],
  document: async () => undefined,
  documents: async () => [],
};

describe('search', () => {
  test('joins what vectors and words find, each chunk once, the best first', async () => {
    const { ranked, question } = await search('Where is a lost badge reported?', {
      snapshot: whole,
      embedder: makeEmbedder(),
    });
    expect(question.kind).toBe('place');
    expect(ranked[0]?.chunk.anchor).toBe('badges');
    expect(new Set(ranked.map(({ chunk }) => chunk.id)).size).toBe(ranked.length);
    expect(ranked.map(({ score }) => score)).toEqual(ranked.map(({ score }) => score).sort((a, b) => b - a));
  });

  test('knows the likeness of a chunk that only words found', async () => {
    const { ranked } = await search('leave', { snapshot: whole, embedder: makeEmbedder() });
    const leave = ranked.find(({ chunk }) => chunk.anchor === 'leave');
    const likeness = ranked.map(({ features }) => features.specific);
    expect(leave?.features.specific).toBe(Math.max(...likeness));
    expect(leave?.features.bm25).toBe(1);
  });

  test('of an empty question gives what vectors give, and of an empty index nothing', async () => {
    const asked = await search('', { snapshot: whole, embedder: makeEmbedder() });
    expect(asked.ranked.every(({ score }) => Number.isFinite(score))).toBe(true);
    const empty = { ...whole, chunkCount: 0, searchText: async () => [], searchVector: async () => [] };
    expect((await search('leave', { snapshot: empty, embedder: makeEmbedder() })).ranked).toEqual([]);
  });

  test('throws what the embedder throws', async () => {
    const failing = search('leave', { snapshot: whole, embedder: makeEmbedder(new Error('no model')) });
    await expect(failing).rejects.toThrow('no model');
  });
});

describe('ranking', () => {
  test('a rare word weighs more than a common one, one in no chunk most', () => {
    const { weights } = weighTerms(readQuestion('office badge zebra'), snapshot);
    const [office = 0, badge = 0, zebra = 0] = ['office', 'badge', 'zebra'].map((word) =>
      weights.get(terms(word)[0] ?? ''),
    );
    expect(office).toBeLessThan(badge);
    expect(badge).toBeLessThan(zebra);
  });

  test('the share of a question’s weight goes from 0 to 1', () => {
    const weights = weighTerms(readQuestion('lost badge'), snapshot);
    expect(shareOf(new Set(), weights)).toBe(0);
    expect(shareOf(new Set(terms('the badge was lost')), weights)).toBeCloseTo(1);
    expect(shareOf(new Set(terms('badge')), weights)).toBeGreaterThan(0);
    expect(shareOf(new Set(['x']), weighTerms(readQuestion('the?'), snapshot))).toBe(0);
  });

  test('knows each sentence of each candidate', () => {
    const question = readQuestion('lost badge');
    const vector = vectorOf(question.text);
    const candidates = chunks.map((chunk) => ({ chunk, bm25: 0 }));
    const [best] = rankChunks(
      { question, vector, specific: vector },
      candidates,
      weighTerms(question, snapshot),
    );
    expect(best?.sentences).toHaveLength(best?.chunk.sentences.length ?? -1);
    expect(best?.features).toMatchObject({ share: 1, bodyShare: 1, bm25: 0 });
  });
});

describe('what all questions have in common', () => {
  test('is worked out once for an embedder', async () => {
    const embedder = makeEmbedder();
    const [mean] = await Promise.all([genericQuestion(embedder), genericQuestion(embedder)]);
    const { asked } = embedder;
    expect(mean).toHaveLength(WORDS.length);
    expect(await genericQuestion(embedder)).toBe(mean);
    expect(embedder.asked).toBe(asked);
    expect(asked).toBeGreaterThan(10);
  });

  test('is tried again after a failure', async () => {
    const embedder = makeEmbedder(new Error('no model'));
    await expect(genericQuestion(embedder)).rejects.toThrow('no model');
    const { asked } = embedder;
    await expect(genericQuestion(embedder)).rejects.toThrow('no model');
    expect(embedder.asked).toBeGreaterThan(asked);
  });
});
