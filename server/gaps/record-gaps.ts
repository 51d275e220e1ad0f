import type { Answer } from '../answer/answer.ts';
import type { ChatEvent } from '../events.ts';
import type { GapStore } from './gap-store.ts';

/** Small talk is answered with this score and no source; it is no gap. */
const NO_QUESTION = 1;

/**
 * The same answers, with each question that was not answered, or only nearly, recorded when the answer has
 * ended: abstained, or with a note that something only comes near. Recording never delays an answer, and its failure is only told to `onFailure`.
 */
export function recordGaps(answer: Answer, gaps: GapStore, onFailure: (error: unknown) => void): Answer {
  return async function* recorded(request, signal) {
    let question = request.messages.at(-1)?.content.trim() ?? '';
    let nearest: { path: string; anchor: string }[] = [];
    for await (const event of answer(request, signal)) {
      if (event.type === 'question') question = event.text;
      if (event.type === 'sources') nearest = event.sources.map(({ path, anchor }) => ({ path, anchor }));
      const kind = event.type === 'done' ? kindOf(event) : undefined;
      if (event.type === 'done' && kind) {
        gaps.record({ question, kind, score: event.score, nearest: nearest.slice(0, 3) }).catch(onFailure);
      }
      yield event;
    }
  };
}

function kindOf({ mode, note, score }: ChatEvent & { type: 'done' }): 'abstained' | 'near' | undefined {
  if (mode === 'abstained') return score === NO_QUESTION ? undefined : 'abstained';
  return note === undefined ? undefined : 'near';
}
