import type { Embedder } from '../knowledge/embedder.ts';
import { DocentError } from '../knowledge/errors.ts';
import { fingerprintOf } from '../knowledge/fingerprint.ts';
import type { RankedChunk } from '../knowledge/rank.ts';
import { search } from '../knowledge/search.ts';
import type { Snapshot } from '../knowledge/snapshot.ts';
import type { StoreLocation } from '../knowledge/store-connection.ts';
import { openStoreReader } from '../knowledge/store-reader.ts';
import { type AnswerChange, compareAnswers, type Found, type Standing } from './compare-answers.ts';
import { type GoldenQuestion, readQuestions } from './read-questions.ts';

export type AnswerReport = { readonly asked: number; readonly changes: readonly AnswerChange[] };

/**
 * Asks the golden questions of the docs now, and again by the function that it gives: what has changed
 * between. `undefined` without questions, or without an index to compare with.
 */
export async function askBefore({
  docsDir,
  storeUri,
  cloud,
  embedder,
}: {
  docsDir: string;
  storeUri: string;
  cloud?: StoreLocation['cloud'];
  embedder: Embedder;
}): Promise<() => Promise<AnswerReport | undefined>> {
  const questions = await readQuestions(docsDir);
  if (!questions) return async () => undefined;
  const expected = fingerprintOf(embedder);
  const askNow = async () => {
    const reader = openStoreReader({ uri: storeUri, cloud, expected });
    try {
      return await ask(questions, await reader.current(), embedder);
    } finally {
      await reader.close();
    }
  };
  const before = await askNow().catch((error: unknown) => {
    if (error instanceof DocentError) return undefined;
    throw error;
  });
  if (!before) return async () => undefined;
  return async () => ({
    asked: questions.length,
    changes: compareAnswers(questions, before, await askNow()),
  });
}

/** A quoted answer is seldom made of more sections than this. */
const SECTIONS = 3;

function foundIn(ranked: readonly RankedChunk[]): Found {
  const best = new Map<string, RankedChunk>();
  for (const hit of ranked) {
    const key = `${hit.chunk.path}\n${hit.chunk.section}`;
    if (!best.has(key)) best.set(key, hit);
    if (best.size === SECTIONS) break;
  }
  const hits = [...best.values()];
  return {
    best: hits.map(({ chunk: { path, anchor, sectionHash } }) => ({ path, anchor, hash: sectionHash })),
    share: Math.max(0, ...hits.map(({ features }) => features.share)),
  };
}

async function ask(questions: readonly GoldenQuestion[], snapshot: Snapshot, embedder: Embedder) {
  const found = new Map<string, Found>();
  for (const { question } of questions) {
    found.set(question, foundIn((await search(question, { snapshot, embedder })).ranked));
  }
  const documents = await snapshot.documents();
  const sections = documents.flatMap(({ path, sections: own }) =>
    own.map(({ anchor }) => `${path}#${anchor}`),
  );
  return { found, sections: new Set(sections) } satisfies Standing;
}
