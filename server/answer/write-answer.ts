import type { ChatEvent, Claim } from '../events.ts';
import { abstain } from './abstain.ts';
import { done, type Ground } from './answer.ts';
import type { ChatModel } from './chat-model.ts';
import type { Checker } from './check.ts';
import type { Evidence } from './evidence.ts';
import { noteOf } from './quote.ts';
import { sourceOf } from './sources.ts';
import { makeClaimSplitter, type SplitClaim } from './split-claims.ts';
import { write } from './write.ts';

/**
 * Lets the model write from numbered passages, passes its words on as they come, and gives each statement
 * its status: as far as that needs no model while it is written, the rest when the checker has spoken.
 */
export async function* writeAnswer(
  ground: Ground,
  chatModel: ChatModel,
  check: Checker,
): AsyncGenerator<ChatEvent> {
  const { question, conversation, found, decision, snapshot, clock, signal } = ground;
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
  const splitter = makeClaimSplitter();
  const claims: SplitClaim[] = [];
  let begun = false;
  for await (const piece of write({ chatModel, question, passages: numbered, conversation, signal })) {
    if (piece.type === 'not_in_docs') {
      yield* abstain(ground);
      return;
    }
    if (!begun) clock.lap('first');
    begun = true;
    yield { type: 'delta', text: piece.text };
    claims.push(...splitter.push(piece.text));
  }
  claims.push(...splitter.flush());
  clock.lap('write');
  yield { type: 'stage', stage: 'checking' };
  const evidence: Evidence[] = passages.flatMap(({ chunks }, i) =>
    chunks.map((chunk) => ({ n: i + 1, chunk })),
  );
  for await (const claim of check({ claims, evidence, signal })) yield claimEvent(claim);
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

function claimEvent(claim: Claim): ChatEvent {
  return { type: 'claim', ...claim };
}
