import type { Api } from '../api/get-json.ts';
import type { KeptSections, SectionChanges } from '../changes/section-change.ts';
import { makeSectionMemory } from '../changes/section-memory.ts';
import { isRunning } from '../chat/answer-state.ts';
import type { Conversation } from '../chat/conversation.ts';
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
  remove(id: string): Promise<void>;
};

/** `now` gives the time in ISO 8601. */
export function makeKeeper(deps: {
  conversation: Conversation;
  shelf: Shelf;
  api: Pick<Api, 'documents' | 'document' | 'section'>;
  now: () => string;
}): Keeper {
  const { conversation, shelf, api, now } = deps;
  const memory = makeSectionMemory({ api });
  const current = makeStore<string | undefined>(undefined);
  const kept = makeStore<Kept>('kept');
  const sections = makeStore<KeptSections>({});
  const changes = makeStore<SectionChanges>(new Map());
  let loading = false;

  async function keep(): Promise<void> {
    const turns = conversation.turns.get();
    const last = turns.at(-1);
    if (loading || !last || isRunning(last.answer)) return;
    const id = current.get() ?? makeId();
    current.set(id);
    const known = sections.get();
    const time = now();
    const named = (before: SavedConversation | undefined): SavedConversation => ({
      id,
      name: before?.name ?? nameOf(turns),
      startedAt: before?.startedAt ?? time,
      changedAt: time,
      turns,
    });
    const whole = (before: SavedConversation | undefined) => ({ ...named(before), sections: known });
    const hasSections = Object.keys(known).length > 0;
    const outcome = await shelf.change(id, hasSections ? whole : named);
    // Where there is no room for what the sections said, it is left out.
    kept.set(outcome === 'full' && hasSections ? await shelf.change(id, named) : outcome);
    await remember(id);
  }
  conversation.turns.subscribe(() => void keep());

  /** Takes up what the cited sections say, for a later day. Answers that end close together do so at the same time. */
  async function remember(id: string): Promise<void> {
    const before = sections.get();
    const found = await memory.remember(conversation.turns.get(), before);
    if (found === before || current.get() !== id) return;
    const known = { ...sections.get(), ...found };
    sections.set(known);
    await shelf.change(id, (saved) => saved && { ...saved, sections: known });
  }

  async function compare(): Promise<void> {
    const id = current.get();
    const found = await memory.compare(conversation.turns.get(), sections.get());
    if (found && current.get() === id) changes.set(found);
  }

  function show(turns: SavedConversation['turns'], id: string | undefined, known: KeptSections = {}): void {
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
      const found = await shelf.get(id);
      if (!found) return false;
      show(found.turns, id, found.sections);
      await compare();
      await remember(id);
      return true;
    },
    async rename(id, name) {
      const trimmed = name.trim();
      if (trimmed) kept.set(await shelf.change(id, (saved) => saved && { ...saved, name: trimmed }));
    },
    async remove(id) {
      await shelf.remove(id);
      if (current.get() === id) show([], undefined);
    },
  };
}
