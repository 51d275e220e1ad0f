import type { Answer } from './answer-state.ts';
import type { Turn } from './conversation.ts';

/**
 * A link to one question. In a browser that keeps the conversation it opens there; in any other it asks
 * the question anew, as it stands alone, since conversations never leave their browser.
 */
export function questionLink(
  turn: Pick<Turn, 'id' | 'question'> & { readonly answer: Pick<Answer, 'question'> },
  conversation: string | undefined,
  origin: string,
): string {
  const place = conversation === undefined ? {} : { c: conversation, turn: turn.id };
  return `${origin}/?${new URLSearchParams({ ...place, ask: turn.answer.question ?? turn.question })}`;
}
