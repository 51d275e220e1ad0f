import { readQuestion } from '../../../knowledge/question.ts';
import { chooseQuotes } from '../../../knowledge/quoted/choose-quotes.ts';
import { makePassage } from '../../../knowledge/quoted/passage.ts';
import type { Retrieved } from '../../../knowledge/quoted/retrieve.ts';
import { weighTerms } from '../../../knowledge/rank.ts';
import { quoteAnswer } from '../../../server/answer/quote-answer.ts';
import type { Claim } from '../../../server/events.ts';
import { passagesOf } from './passages-of.ts';

/** Markdown files (path -> source) with all their sections found for a question; only words count, no vectors. */
export function foundIn(files: Readonly<Record<string, string>>, text: string): Retrieved {
  const question = readQuestion(text);
  const weights = weighTerms(question, { chunkCount: 100, chunksWith: () => 3 });
  const none = new Float32Array();
  const search = { question, vector: none, specific: none, weights, ranked: [] };
  const passages = Object.entries(files).flatMap(([path, source]) => {
    const evidence = passagesOf(source, path);
    const numbers = [...new Set(evidence.map(({ n }) => n))];
    return numbers.flatMap((n) => {
      const chunks = evidence.flatMap((each) => (each.n === n ? [each.chunk] : []));
      return makePassage(chunks, 0, search, weights) ?? [];
    });
  });
  return { search, passages };
}

/** The quoted answer to a question from Markdown files, as `quote` gives it. */
export function quotedFrom(
  files: Readonly<Record<string, string>>,
  text: string,
): { readonly answer: string; readonly claims: readonly Claim[] } {
  const quotes = chooseQuotes(foundIn(files, text));
  const cited = [...new Set(quotes.map(({ passage }) => passage))];
  const parts = [...quoteAnswer(quotes, ({ passage }) => cited.indexOf(passage) + 1)];
  return {
    answer: parts.map((part) => part.text).join(''),
    claims: parts.flatMap((part) => part.claims.map(({ claim }) => claim)),
  };
}

/** Letters and digits only, for comparing what is shown with its source. */
export function lettersOf(text: string): string {
  return text
    .replace(/\]\([^)]*\)|\]\[[^\]]*\]|\[\^[^\]]*\]|<[^>]*>/g, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}
