import { pathToFileURL } from 'node:url';
import { checkedConversation } from '../chat-request.ts';
import { citedAnswerOf } from '../cited-answer.ts';
import { collectAnswer } from '../collect-answer.ts';
import type { AnswerMode, ChatEvent } from '../events.ts';
import { makePageLinker } from '../link-citations.ts';
import type { Docent } from '../open-docent.ts';
import { printable, printableJson } from '../printable.ts';
import { PLAIN, type Place, proofText } from '../proof-text.ts';
import { COLOURED } from './colours.ts';
import { makeTerminalMarkdown } from './terminal-markdown.ts';

export type AskOptions = {
  readonly docent: Pick<Docent, 'answer' | 'store'>;
  readonly signal: AbortSignal;
  /** One object of JSON instead of text. */
  readonly json: boolean;
  readonly write: (text: string) => void;
  /** For a terminal, with colours and links, instead of plain. */
  readonly coloured: boolean;
  /** Absolute path of the docs folder, where a click leads; undefined where they come from a repository. */
  readonly docsDir: string | undefined;
  readonly columns?: number | undefined;
};

/** Links to documents are the paths of their files. */
const FILES = '';

/**
 * Asks, and writes the answer as it comes, then what proves it. Gives how it was answered. Throws what the
 * answer throws, and the signal's reason.
 */
export async function ask(question: string, options: AskOptions): Promise<AnswerMode> {
  const { docent, signal, json, write, coloured, docsDir, columns } = options;
  const request = checkedConversation([{ role: 'user', content: question }]);
  const linker = makePageLinker(FILES);
  const markdown = makeTerminalMarkdown(COLOURED, (url) => openable(url, docsDir));
  const show = (text: string) => write(coloured ? markdown.push(text) : text);

  async function* shown(events: AsyncIterable<ChatEvent>): AsyncGenerator<ChatEvent> {
    for await (const event of events) {
      signal.throwIfAborted();
      if (event.type === 'delta' && !json) show(linker.push(printable(event.text)));
      yield event;
    }
  }
  const answered = await collectAnswer(shown(docent.answer(request, { signal })));
  const cited = await citedAnswerOf(question, answered, {
    snapshot: await docent.store.current(),
    docs: FILES,
  });
  if (json) write(`${printableJson(cited)}\n`);
  else {
    const paint = coloured ? COLOURED : PLAIN;
    const addressOf = ({ path, line, repositoryUrl }: Place) =>
      docsDir === undefined ? repositoryUrl : `${pathToFileURL(`${docsDir}/${path}`).href}#L${line}`;
    show(linker.flush());
    write(`${markdown.flush()}\n${proofText(cited, { paint, addressOf, columns })}`);
  }
  return cited.mode;
}

/** Where a link of the answer leads: a page of the web, or a file of the docs folder. */
function openable(url: string, docsDir: string | undefined): string | undefined {
  if (/^https?:/i.test(url)) return URL.canParse(url) ? new URL(url).href : undefined;
  if (docsDir === undefined) return undefined;
  const folder = pathToFileURL(`${docsDir}/`).href;
  const file = URL.canParse(url, folder) ? new URL(url, folder).href : '';
  return file.startsWith(folder) ? file : undefined;
}
