import type { z } from 'zod';
import { checkedConversation } from '../chat-request.ts';
import { citedAnswerOf } from '../cited-answer.ts';
import { collectAnswer } from '../collect-answer.ts';
import type { askDocsInput } from '../contract/tools.ts';
import type { ChatEvent } from '../events.ts';
import { type Paint, PLAIN, proofText } from '../proof-text.ts';
import { type Door, linkTo } from './door.ts';
import type { ToolOutput } from './tool-result.ts';

/** Width of the words beside a place: clients wrap lines themselves. */
const COLUMNS = 400;
const LINKED: Paint = { ...PLAIN, link: (text, address) => `[${text}](${address})` };
const STAGES = {
  searching: 'Searching the docs',
  reading: 'Reading what was found',
  writing: 'Writing the answer',
  checking: 'Checking the answer against the docs',
} as const;

export type AskDocsOptions = {
  /** Aborts when nobody waits for the answer any more. */
  readonly signal: AbortSignal;
  /** Gets each stage of the answer as it begins, counted from 1. */
  readonly onProgress: (progress: number, message: string) => Promise<void>;
};

/** An answer to one question, whole, with the places that prove it. Throws what the answer throws. */
export async function askDocs(
  { question }: z.output<typeof askDocsInput>,
  door: Door,
  { signal, onProgress }: AskDocsOptions,
): Promise<ToolOutput> {
  const { answer, store, audiences, askedBy, origin } = door;
  const request = checkedConversation([{ role: 'user', content: question }]);

  async function* reported(events: AsyncIterable<ChatEvent>): AsyncGenerator<ChatEvent> {
    let stages = 0;
    for await (const event of events) {
      if (event.type === 'stage') await onProgress(++stages, STAGES[event.stage]);
      yield event;
    }
  }
  const events = answer(request, { signal, audiences, ...(askedBy !== undefined && { askedBy }) });
  const answered = await collectAnswer(reported(events));
  const structured = await citedAnswerOf(question.trim(), answered, {
    snapshot: await store.current(audiences),
    docs: linkTo(door, ''),
  });
  const paint = origin === undefined ? PLAIN : LINKED;
  const proof = proofText(structured, { paint, addressOf: ({ url }) => url, columns: COLUMNS });
  return { structured, text: `${structured.answer}\n${proof}`, documents: structured.sources };
}
