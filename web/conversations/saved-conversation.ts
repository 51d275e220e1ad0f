import type { KeptSections } from '../changes/section-change.ts';
import type { Turn } from '../chat/conversation.ts';

/** A conversation as kept in the browser. Times are ISO 8601. */
export type SavedConversation = {
  readonly id: string;
  readonly name: string;
  readonly startedAt: string;
  readonly changedAt: string;
  readonly turns: readonly Turn[];
  /** The sections that its answers cite, as they were; those that could be had. */
  readonly sections?: KeptSections;
};

const longestName = 120;

/** A conversation's first name: its first question on one line. */
export function nameOf(turns: readonly Turn[]): string {
  const question = (turns[0]?.question ?? '').replace(/\s+/g, ' ').trim();
  return question.length > longestName ? `${question.slice(0, longestName - 1)}…` : question;
}

/** The conversations in which every word of a search stands, the last changed first. */
export function findConversations(all: readonly SavedConversation[], search: string): SavedConversation[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  const textOf = ({ name, turns }: SavedConversation) =>
    [name, ...turns.flatMap((turn) => [turn.question, turn.answer.text])].join('\n').toLowerCase();
  return all
    .filter((conversation) => {
      const text = words.length > 0 ? textOf(conversation) : '';
      return words.every((word) => text.includes(word));
    })
    .sort((a, b) => b.changedAt.localeCompare(a.changedAt));
}
