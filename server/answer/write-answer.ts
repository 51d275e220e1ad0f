import type { ChatEvent } from '../events.ts';
import { abstain } from './abstain.ts';
import { done, type Ground } from './answer.ts';
import type { ChatModel } from './chat-model.ts';
import type { Checker } from './check.ts';
import type { Evidence } from './evidence.ts';
import { noteOf } from './quote.ts';
import { sourceOf } from './sources.ts';
import { splitClaims } from './split-claims.ts';
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
  const { question, conversation, tone, found, decision, snapshot, clock, signal } = ground;
  const { passages } = found;
  yield { type: 'stage', stage: 'reading', sections: passages.length };
  yield { type: 'sources', sources: passages.map((passage, i) => sourceOf(passage, i + 1)) };
  yield { type: 'stage', stage: 'writing' };
  const numbered = passages.map(({ title, headings, chunks }, i) => ({
    n: i + 1,
    title,
    headings,
    text: chunks.map((chunk) => chunk.text).join('\n\n'),
  }));
  let answer = '';
  for await (const piece of write({ chatModel, question, passages: numbered, conversation, tone, signal })) {
    if (piece.type === 'not_in_docs') {
      yield* abstain(ground);
      return;
    }
    if (answer === '') clock.lap('first');
    answer += piece.text;
    yield { type: 'delta', text: piece.text };
  }
  clock.lap('write');
  yield { type: 'stage', stage: 'checking' };
  const evidence: Evidence[] = passages.flatMap(({ chunks }, i) =>
    chunks.map((chunk) => ({ n: i + 1, chunk })),
  );
  for await (const claim of check({ claims: splitClaims(answer), evidence, signal })) {
    yield { type: 'claim', ...claim };
  }
  clock.lap('check');
  const note = noteOf(ground);
  yield done({
    mode: 'written',
    score: decision.score,
    ...(note !== undefined && { note }),
    snapshot,
    clock,
  });
}
