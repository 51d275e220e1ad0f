import type { Api } from '../api/get-json.ts';
import type { KeptSections, SectionChanges } from '../changes/section-change.ts';
import { makeSectionMemory } from '../changes/section-memory.ts';
import { isRunning } from '../chat/answer-state.ts';
import type { Conversation, Turn } from '../chat/conversation.ts';
import { makeId } from '../chat/make-id.ts';
import { makeStore, type Store } from '../store.ts';
import { nameOf, type SavedConversation } from './saved-conversation.ts';
import type { Kept, Shelf } from './shelf.ts';

/** Keeps the chat on the shelf and takes others from it. */
export type Keeper = {
  /** Id of the conversation in the chat; undefined for one not kept yet. */
  readonly current: Pick<Store<string | undefined>, 'get' | 'subscribe'>;
  readonly kept: Pick<Store<Kept>, 'get' | 'subscribe'>;
  /** The sections cited in the chat, as they were. */
  readonly sections: Pick<Store<KeptSections>, 'get' | 'subscribe'>;
  /** Which of them are no longer so, as far as that was looked at. */
  readonly changes: Pick<Store<SectionChanges>, 'get' | 'subscribe'>;
  /** Begins an empty conversation. */
  begin(): void;
  /** Puts a kept conversation into the chat; false when it isn't there. */
  open(id: string): Promise<boolean>;
  /** Looks again at what has become of the sections cited in the chat. */
  compare(): Promise<void>;
  rename(id: string, name: string): Promise<void>;
  /** Takes a conversation off the shelf and out of the chat. Gives what it was, to be put back. */
  remove(id: string): Promise<SavedConversation | undefined>;
  putBack(removed: SavedConversation): Promise<Kept>;
};

/**
 * `now` gives the time in ISO 8601; `soon` runs something in a while, and so tells how often an answer is kept
 * while it comes.
 */
export function makeKeeper(deps: {
  conversation: Conversation;
  shelf: Shelf;
  api: Pick<Api, 'documents' | 'document' | 'section'>;
  now: () => string;
  soon: (run: () => void) => void;
}): Keeper {
  const { conversation, shelf, api, now, soon } = deps;
  const memory = makeSectionMemory({ api });
  const current = makeStore<string | undefined>(undefined);
  const kept = makeStore<Kept>('kept');
  const sections = makeStore<KeptSections>({});
  const changes = makeStore<SectionChanges>(new Map());
  let loading = false;
  let keepsSoon = false;
  /** Id of the last turn as it was kept first. */
  let begun: string | undefined;
  let last: Promise<unknown> = Promise.resolve();

  /** One after another: no write overtakes a later one, nothing is read before what was written. */
  function inTurn<T>(task: () => Promise<T>): Promise<T> {
    const result = last.then(task);
    last = result;
    return result;
  }

  /** Keeps a question as soon as it is asked, its answer now and then while it comes, and when it has ended. */
  function follow(turns: readonly Turn[]): void {
    const { id, answer } = turns.at(-1) ?? {};
    if (loading || !id || !answer) return;
    if (begun !== id || !isRunning(answer)) {
      begun = id;
      void keep();
    } else if (!keepsSoon) {
      keepsSoon = true;
      soon(() => {
        keepsSoon = false;
        if (conversation.turns.get().some((turn) => isRunning(turn.answer))) void keep();
      });
    }
  }
  conversation.turns.subscribe(follow);

  async function keep(): Promise<void> {
    const turns = conversation.turns.get();
    const id = current.get() ?? makeId();
    current.set(id);
    const known = sections.get();
    const time = now();
    const named = (before: SavedConversation | undefined): SavedConversation => ({
      id,
      name: before?.name ?? nameOf(turns),
      startedAt: before?.startedAt ?? time,
      changedAt: time,
      turns: turns.map(asStopped),
    });
    const whole = (before: SavedConversation | undefined) => ({ ...named(before), sections: known });
    const hasSections = Object.keys(known).length > 0;
    await inTurn(async () => {
      const outcome = await shelf.change(id, hasSections ? whole : named);
      // Where there is no room for what the sections said, it is left out.
      kept.set(outcome === 'full' && hasSections ? await shelf.change(id, named) : outcome);
    });
    if (!turns.some((turn) => isRunning(turn.answer))) await remember(id);
  }

  /** Takes up what the cited sections say, for a later day. Answers that end close together do so at the same time. */
  async function remember(id: string): Promise<void> {
    if (current.get() !== id) return;
    const before = sections.get();
    const found = await memory.remember(conversation.turns.get(), before);
    if (found === before || current.get() !== id) return;
    const known = { ...sections.get(), ...found };
    sections.set(known);
    await inTurn(() => shelf.change(id, (saved) => saved && { ...saved, sections: known }));
  }

  async function compare(): Promise<void> {
    const id = current.get();
    const found = await memory.compare(conversation.turns.get(), sections.get());
    if (found && current.get() === id) changes.set(found);
  }

  function show(turns: readonly Turn[], id: string | undefined, known: KeptSections = {}): void {
    // What has come of an answer is kept with the conversation that is left.
    conversation.stop();
    loading = true;
    current.set(id);
    sections.set(known);
    changes.set(new Map());
    conversation.load(turns);
    loading = false;
  }

  return {
    current,
    kept,
    sections,
    changes,
    compare,
    begin: () => show([], undefined),
    async open(id) {
      if (current.get() === id) return true;
      const found = await inTurn(() => shelf.get(id));
      if (!found) return false;
      show(found.turns, id, found.sections);
      await compare();
      await remember(id);
      return true;
    },
    async rename(id, name) {
      const trimmed = name.trim();
      if (!trimmed) return;
      const renamed = (saved: SavedConversation | undefined) => saved && { ...saved, name: trimmed };
      kept.set(await inTurn(() => shelf.change(id, renamed)));
    },
    async remove(id) {
      if (current.get() === id) show([], undefined);
      return inTurn(() => shelf.remove(id));
    },
    async putBack(removed) {
      const outcome = await inTurn(() => shelf.change(removed.id, () => removed));
      kept.set(outcome);
      return outcome;
    },
  };
}

/** An answer that still comes as it is kept: the page may be gone before its end. */
function asStopped(turn: Turn): Turn {
  return isRunning(turn.answer) ? { ...turn, answer: { ...turn.answer, status: 'stopped' } } : turn;
}
