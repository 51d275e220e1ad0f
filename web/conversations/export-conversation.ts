import { answerMarkdown } from '../chat/copy-markdown.ts';
import { plainMarkdown } from '../markdown/inert-markdown.ts';
import type { SavedConversation } from './saved-conversation.ts';

/** A conversation as a Markdown document; citations link to `origin`. */
export function conversationMarkdown(conversation: SavedConversation, origin: string): string {
  const turns = conversation.turns.map(
    ({ question, answer }) => `## ${plainMarkdown(question)}\n\n${answerMarkdown(answer, origin)}`,
  );
  return `# ${plainMarkdown(conversation.name)}\n\n${turns.join('\n')}`;
}

/** A conversation with all that is known of it. */
export function conversationJson(conversation: SavedConversation): string {
  return `${JSON.stringify(conversation, undefined, 2)}\n`;
}

/** A file name without what file systems refuse. */
export function fileNameOf(conversation: SavedConversation, ending: string): string {
  const words = conversation.name.normalize('NFKC').replace(/[^\p{L}\p{N}]+/gu, '-');
  return `${words.replace(/^-+|-+$/g, '').slice(0, 60) || 'conversation'}.${ending}`;
}

/** Gives a text to the browser as a download. */
export function download(name: string, text: string, type: string): void {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The download begins after this task.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
