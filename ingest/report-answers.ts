import type { Embedder } from '../knowledge/embedder.ts';
import { DocentError } from '../knowledge/errors.ts';
import { fingerprintOf } from '../knowledge/fingerprint.ts';
import { chooseQuotes } from '../knowledge/quoted/choose-quotes.ts';
import { decide } from '../knowledge/quoted/decide.ts';
import type { Passage } from '../knowledge/quoted/passage.ts';
import { type Retrieved, retrieve } from '../knowledge/quoted/retrieve.ts';
import type { Snapshot } from '../knowledge/snapshot.ts';
import type { StoreLocation } from '../knowledge/store-connection.ts';
import { openStoreReader } from '../knowledge/store-reader.ts';
import { type AnswerChange, compareAnswers, type QuotedAnswer, type Standing } from './compare-answers.ts';
import { type GoldenQuestion, readQuestions } from './read-questions.ts';

export type AnswerReport = { readonly asked: number; readonly changes: readonly AnswerChange[] };

/**
 * Asks the golden questions of the docs now, as a server does that quotes, and again by the function that it gives: what
 * has changed between. `undefined` without questions, or without an index to compare with.
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

async function ask(
  questions: readonly GoldenQuestion[],
  snapshot: Snapshot,
  embedder: Embedder,
): Promise<Standing> {
  const answers = new Map<string, QuotedAnswer>();
  for (const { question } of questions)
    answers.set(question, quotedFor(await retrieve(question, { snapshot, embedder })));
  const documents = await snapshot.documents();
  const sections = documents.flatMap(({ path, sections: own }) =>
    own.map(({ anchor }) => `${path}#${anchor}`),
  );
  return { answers, sections: new Set(sections) };
}

/** What is quoted of each section. */
function quotedFor(found: Retrieved): QuotedAnswer {
  const { verdict } = decide(found);
  if (verdict === 'abstain') return { quoted: [], isNear: false };
  const texts = new Map<Passage, string[]>();
  for (const { passage, text } of chooseQuotes(found))
    texts.set(passage, [...(texts.get(passage) ?? []), text]);
  const quoted = [...texts].map(([{ path, anchor }, parts]) => ({ path, anchor, text: parts.join('\n') }));
  return { quoted, isNear: verdict === 'near' };
}
