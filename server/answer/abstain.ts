import type { ChatEvent } from '../events.ts';
import { done, type Ground } from './answer.ts';
import { sourceOf } from './sources.ts';

/** Nearest sections named when the docs don't answer. */
const NEAREST = 3;

/** Says that the docs don't answer, and where the nearest thing stands. */
export async function* abstain({ found, decision, snapshot, clock }: Ground): AsyncGenerator<ChatEvent> {
  const nearest = found.passages.slice(0, NEAREST);
  if (nearest.length > 0)
    yield { type: 'sources', sources: nearest.map((passage, i) => sourceOf(passage, i + 1)) };
  yield {
    type: 'delta',
    text:
      nearest.length > 0
        ? 'The docs don’t answer this. The sections listed here come nearest.'
        : 'The docs don’t answer this, and nothing in them comes near.',
  };
  yield done({ mode: 'abstained', score: decision.score, snapshot, clock });
}
