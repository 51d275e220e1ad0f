import { checkedConversation } from '../chat-request.ts';
import { citedAnswerOf } from '../cited-answer.ts';
import { collectAnswer } from '../collect-answer.ts';
import type { AnswerMode, ChatEvent } from '../events.ts';
import type { Docent } from '../open-docent.ts';
import { type PrintOptions, proofOf } from './print-answer.ts';
import { makeTerminalMarkdown } from './terminal-markdown.ts';

export type AskOptions = PrintOptions & {
  readonly docent: Pick<Docent, 'answer' | 'store'>;
  readonly signal: AbortSignal;
  /** One object of JSON instead of text. */
  readonly json: boolean;
  readonly write: (text: string) => void;
};

/**
 * Asks, and writes the answer as it comes, then what proves it. Gives how it was answered. Throws what the
 * answer throws, and the signal's reason.
 */
export async function ask(question: string, options: AskOptions): Promise<AnswerMode> {
  const { docent, signal, json, write, paint } = options;
  const request = checkedConversation([{ role: 'user', content: question }]);
  const markdown = paint.coloured
    ? makeTerminalMarkdown(paint)
    : { push: (text: string) => text, flush: () => '' };

  async function* shown(events: AsyncIterable<ChatEvent>): AsyncGenerator<ChatEvent> {
    for await (const event of events) {
      signal.throwIfAborted();
      if (event.type === 'delta' && !json) write(markdown.push(event.text));
      yield event;
    }
  }
  const answered = await collectAnswer(shown(docent.answer(request, { signal, audiences: 'all' })));
  const cited = await citedAnswerOf(question, answered, { snapshot: await docent.store.current() });
  write(json ? `${JSON.stringify(cited)}\n` : `${markdown.flush()}\n${proofOf(cited, options)}`);
  return cited.mode;
}
