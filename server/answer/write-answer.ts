import { chooseQuotes } from '../../knowledge/quoted/choose-quotes.ts';
import type { ChatEvent } from '../events.ts';
import { abstain } from './abstain.ts';
import { done, type Ground } from './answer.ts';
import type { ChatModel } from './chat-model.ts';
import type { Checker } from './check.ts';
import { findDisagreements } from './disagree.ts';
import type { Evidence } from './evidence.ts';
import { noteOf } from './quote.ts';
import { sourceOf } from './sources.ts';
import { splitClaims } from './split-claims.ts';
import { tellDisagreements } from './tell-disagreements.ts';
import { write } from './write.ts';

/**
 * Lets the model write from numbered passages, passes its words on as they come, and when it has finished
 * gives each statement its status: what needs no model at once, the rest when the checker has spoken.
 */
export async function* writeAnswer(
  ground: Ground,
  chatModel: ChatModel,
  check: Checker,
): AsyncGenerator<ChatEvent> {
  const { question, conversation, tone, decision, snapshot, clock, signal } = ground;
  yield { type: 'stage', stage: 'reading', sections: ground.found.passages.length };
  const { told, evidence, ...reading } = readingOf(ground);
  yield { type: 'sources', sources: told.sources };
  yield { type: 'stage', stage: 'writing' };
  let answer = '';
  for await (const piece of write({
    chatModel,
    question,
    ...reading,
    conversation,
    tone,
    signal,
  })) {
    if (piece.type === 'not_in_docs') {
      yield* abstain(ground);
      return;
    }
    if (answer === '') {
      clock.lap('first');
      ground.found = { search: { ...ground.found.search, ranked: [] }, passages: [] };
    }
    answer += piece.text;
    yield { type: 'delta', text: piece.text };
  }
  clock.lap('write');
  yield { type: 'stage', stage: 'checking' };
  for await (const claim of check({ claims: splitClaims(answer), evidence, signal })) {
    yield { type: 'claim', ...claim };
  }
  clock.lap('check');
  for (const disagreement of told.disagreements) yield { type: 'disagreement', ...disagreement };
  const note = noteOf(ground);
  yield done({
    mode: 'written',
    score: decision.score,
    ...(note !== undefined && { note }),
    snapshot,
    clock,
  });
}

/** What the model reads, and what its statements are checked against. */
function readingOf({ found }: Ground) {
  const { passages } = found;
  const told = tellDisagreements(
    findDisagreements(found, chooseQuotes(found)),
    passages.map((passage, i) => sourceOf(passage, i + 1)),
  );
  const read = [
    ...passages.map(({ chunks }, i) => ({ n: i + 1, chunks })),
    ...told.added.map(({ chunk, n }) => ({ n, chunks: [chunk] })),
  ];
  const disagreeing = told.disagreements.map(({ sides }) => sides.map(({ n }) => n));
  const isSide = ({ n }: { n: number }): number => (disagreeing.flat().includes(n) ? 1 : 0);
  const numbered = read
    .map(({ n, chunks }) => ({
      n,
      title: chunks[0]?.title ?? '',
      headings: chunks[0]?.headings ?? [],
      text: chunks.map((chunk) => chunk.text).join('\n\n'),
    }))
    // What doesn't fit is left out from the end.
    .sort((a, b) => isSide(b) - isSide(a));
  const evidence: Evidence[] = read.flatMap(({ n, chunks }) => chunks.map((chunk) => ({ n, chunk })));
  return { told, evidence, passages: numbered, disagreeing };
}
