import type { Answer } from '../answer/answer.ts';
import type { Done } from '../events.ts';
import type { GapRecord, GapStore, SeenSection } from './gap-store.ts';

/** Small talk is answered with this score and no source; it is no gap. */
const NO_QUESTION = 1;

/**
 * The same answers, with each question recorded that was not answered, or with a note that what is found
 * only comes near. That happens when the answer has ended; its failure is only told to `onFailure`.
 */
export function recordGaps(
  answer: Answer,
  gaps: Pick<GapStore, 'record'>,
  onFailure: (error: unknown) => void,
): Answer {
  return async function* recorded(request, options) {
    let question = request.messages.at(-1)?.content.trim() ?? '';
    let nearest: readonly SeenSection[] = [];
    let gap: GapRecord | undefined;
    try {
      for await (const event of answer(request, options)) {
        if (event.type === 'question') question = event.text;
        if (event.type === 'sources') {
          nearest = event.sources.map(({ path, anchor, headings, hash }) => ({
            path,
            anchor,
            headings,
            hash,
          }));
        }
        const kind = event.type === 'done' ? kindOf(event) : undefined;
        if (event.type === 'done' && kind) {
          gap = { question, kind, mode: event.mode, score: event.score, nearest };
        }
        yield event;
      }
    } finally {
      if (gap) gaps.record(gap).catch(onFailure);
    }
  };
}

function kindOf({ mode, note, score }: Done): 'abstained' | 'near' | undefined {
  if (mode === 'abstained') return score === NO_QUESTION ? undefined : 'abstained';
  return note === undefined ? undefined : 'near';
}
