import { copyFileSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import type { Passage } from '../../knowledge/embedder.ts';
import { makeLocalEmbedder } from '../../knowledge/local-embedder.ts';
import { sha256 } from '../../knowledge/sha256.ts';

const modelDir = resolve('models/e5-small-v2-int8');
const embedder = await makeLocalEmbedder({ modelDir });
afterAll(() => embedder.close());

const rmm: Passage = {
  context: 'Tools > RMM',
  sentences: ['An RMM agent watches computers from afar.', 'It installs patches at night.'],
};
const coffee: Passage = { context: 'Kitchen', sentences: ['The coffee machine is cleaned on Fridays.'] };

function cosine(a: Float32Array | undefined, b: Float32Array | undefined): number {
  if (!a || !b) return Number.NaN;
  return a.reduce((sum, value, index) => sum + value * (b[index] ?? 0), 0);
}

/** A passage of about `words` + 8 tokens. */
function long(words: number, word = 'ticket'): Passage {
  return { context: 'Long', sentences: [Array<string>(words).fill(word).join(' ')] };
}

test('all vectors are unit vectors of the stated dimensions', async () => {
  const [passage] = await embedder.embedPassages([rmm]);
  const query = await embedder.embedQuery('What is an RMM?');
  expect(passage?.sentences).toHaveLength(2);
  for (const vector of [query, passage?.vector, ...(passage?.sentences ?? [])]) {
    expect(vector).toHaveLength(embedder.dimensions);
    expect(cosine(vector, vector)).toBeCloseTo(1, 4);
  }
});

test('a question is nearer to the passage that answers it, and to the sentence in it', async () => {
  const [about, other] = await embedder.embedPassages([rmm, coffee]);
  const question = await embedder.embedQuery('When are patches installed?');
  expect(cosine(question, about?.vector)).toBeGreaterThan(cosine(question, other?.vector) + 0.05);
  expect(cosine(question, about?.sentences[1])).toBeGreaterThan(cosine(question, about?.sentences[0]));
});

test('a sentence pooled from its passage is close to the sentence embedded alone', async () => {
  const [together] = await embedder.embedPassages([rmm]);
  const apart = await embedder.embedPassages(
    rmm.sentences.map((text) => ({ context: '', sentences: [text] })),
  );
  for (const [index, alone] of apart.entries()) {
    const same = cosine(together?.sentences[index], alone.vector);
    const crossed = cosine(together?.sentences[1 - index], alone.vector);
    expect(same).toBeGreaterThan(0.85);
    expect(same).toBeGreaterThan(crossed);
  }
});

test('results come in the order given, and are the same whatever stands beside them', async () => {
  const passages = [long(300), coffee, long(40), rmm, long(120), coffee, long(2)];
  const results = await embedder.embedPassages(passages);
  expect(results.map(({ sentences }) => sentences.length)).toEqual([1, 1, 1, 2, 1, 1, 1]);
  for (const [index, passage] of passages.entries()) {
    const [alone] = await embedder.embedPassages([passage]);
    expect(results[index]).toEqual(alone);
  }
});

test('no sentence of a passage longer than the model takes is lost', async () => {
  const meetings = Array.from({ length: 80 }, (_, n) => `Team ${n} meets in room ${n + 7} on Mondays.`);
  const sentences = [...meetings, 'Backups are kept for thirty days.', ...long(700, 'firewall').sentences];
  const [result] = await embedder.embedPassages([{ context: 'Policy', sentences }]);
  const question = await embedder.embedQuery('How long are backups kept?');
  const near = result?.sentences.map((vector) => cosine(question, vector)) ?? [];
  expect(near).toHaveLength(82);
  expect(near.indexOf(Math.max(...near))).toBe(80);
  expect(cosine(result?.vector, result?.vector)).toBeCloseTo(1, 4);
});

test('empty inputs have vectors too', async () => {
  expect(await embedder.embedPassages([])).toEqual([]);
  const [bare] = await embedder.embedPassages([{ context: '', sentences: ['\u200b'] }]);
  expect(cosine(bare?.vector, bare?.vector)).toBeCloseTo(1, 4);
  expect(cosine(bare?.sentences[0], bare?.sentences[0])).toBeCloseTo(1, 4);
  expect(await embedder.embedQuery('')).toHaveLength(embedder.dimensions);
});

test('a question does not wait behind a long batch of passages', async () => {
  const done: string[] = [];
  const batch = embedder
    .embedPassages(Array.from({ length: 24 }, () => long(150)))
    .then(() => done.push('batch'));
  await embedder.embedQuery('first?').then(() => done.push('first'));
  await embedder.embedQuery('second?').then(() => done.push('second'));
  await batch;
  expect(done).toEqual(['first', 'second', 'batch']);
});

test('a question does not wait behind others that come last', async () => {
  const done: string[] = [];
  const others = Array.from({ length: 12 }, (_, n) =>
    embedder.embedQuery(`other ${n}`, undefined, 'last').then(() => done.push('other')),
  );
  await embedder.embedQuery('first?').then(() => done.push('first'));
  await Promise.all(others);
  expect(done).toHaveLength(13);
  // One of them may have been begun already.
  expect(done.slice(0, 2)).toContain('first');
});

test('the model and its tokenizer are those of the list of checksums', () => {
  const sums = readFileSync(join(modelDir, 'SHA256SUMS'), 'utf8').trim().split('\n');
  const named = sums.map((line) => line.split('  '));
  expect(named.map(([, name]) => name)).toEqual(['model.onnx', 'tokenizer.json']);
  for (const [sum, name = ''] of named) expect(sha256(readFileSync(join(modelDir, name)))).toBe(sum);
});

test('an aborted call rejects at once and its work is dropped', async () => {
  const before = embedder.tokensEmbedded();
  const stop = new AbortController();
  const batch = embedder.embedPassages(
    Array.from({ length: 40 }, () => long(300)),
    stop.signal,
  );
  stop.abort(new Error('reader left'));
  await expect(batch).rejects.toThrow('reader left');
  await embedder.embedQuery('still there?');
  expect(embedder.tokensEmbedded() - before).toBeLessThan(40 * 300);
  await expect(embedder.embedQuery('late', AbortSignal.abort(new Error('gone')))).rejects.toThrow('gone');
});

test('a missing model file is named', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'docent-'));
  try {
    const missing = (name: string) =>
      expect.objectContaining({ code: 'bad_config', message: expect.stringContaining(join(dir, name)) });
    await expect(makeLocalEmbedder({ modelDir: dir })).rejects.toEqual(missing('model.onnx'));
    symlinkSync(join(modelDir, 'model.onnx'), join(dir, 'model.onnx'));
    await expect(makeLocalEmbedder({ modelDir: dir })).rejects.toEqual(missing('tokenizer.json'));
  } finally {
    rmSync(dir, { recursive: true });
  }
});

test('a worker that dies fails the calls it had, and the next call starts another', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'docent-'));
  try {
    symlinkSync(join(modelDir, 'tokenizer.json'), join(dir, 'tokenizer.json'));
    copyFileSync(join(modelDir, 'SHA256SUMS'), join(dir, 'model.onnx'));
    const broken = await makeLocalEmbedder({ modelDir: dir });
    const failed = expect.objectContaining({ code: 'embedding_failed' });
    await expect(Promise.all([broken.embedQuery('a'), broken.embedQuery('b')])).rejects.toEqual(failed);
    copyFileSync(join(modelDir, 'model.onnx'), join(dir, 'model.onnx'));
    expect(await broken.embedQuery('a')).toHaveLength(broken.dimensions);
    await broken.close();
    await expect(broken.embedQuery('a')).rejects.toEqual(failed);
  } finally {
    rmSync(dir, { recursive: true });
  }
});

test('closing it in the middle of a batch ends the call and the worker, and nothing else', async () => {
  const busy = await makeLocalEmbedder({ modelDir });
  await busy.embedQuery('ready?');
  const sentences = Array.from({ length: 20 }, (_, n) => `Sentence ${n} about onboarding new colleagues.`);
  const passages = Array.from({ length: 40 }, () => ({ context: 'Guide', sentences }));
  const embedding = busy.embedPassages(passages);
  const outcome = expect(embedding).rejects.toMatchObject({ code: 'embedding_failed' });
  await busy.close();
  await outcome;
  await expect(busy.embedQuery('still there?')).rejects.toMatchObject({ code: 'embedding_failed' });
});
