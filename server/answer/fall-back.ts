import type { DocentError } from '../../knowledge/errors.ts';
import type { ChatEvent } from '../events.ts';
import type { Ground } from './answer.ts';
import { isModelFault } from './model-errors.ts';
import { quote } from './quote.ts';

const INSTEAD = 'The language model can’t write just now, so these are the docs’ own words.';

/**
 * A written answer, or where the model fails before its first word, the quoted one, whose note says so. A fault in
 * the middle is thrown: what has been read can't be taken back.
 */
export async function* orQuoted(
  written: AsyncIterable<ChatEvent>,
  ground: Ground,
  onFault: (error: DocentError) => void,
): AsyncGenerator<ChatEvent> {
  let begun = false;
  try {
    for await (const event of written) {
      begun ||= event.type === 'delta';
      yield event;
    }
  } catch (error) {
    if (begun || !isModelFault(error)) throw error;
    onFault(error);
    for await (const event of quote(ground)) yield event.type === 'done' ? withNote(event, INSTEAD) : event;
  }
}

/** The event with one more thing that a reader must know. */
export function withNote(event: Extract<ChatEvent, { type: 'done' }>, note: string): ChatEvent {
  return { ...event, note: event.note === undefined ? note : `${event.note} ${note}` };
}
