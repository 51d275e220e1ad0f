import type { Api } from '../api/get-json.ts';
import { isRunning } from '../chat/answer-state.ts';
import type { Conversation } from '../chat/conversation.ts';
import { makeId } from '../chat/make-id.ts';
import { makeStore, type Store } from '../store.ts';
import { nameOf, type SavedConversation } from './saved-conversation.ts';
import type { Kept, Shelf } from './shelf.ts';

/** Hash of each section that there is now, by `path#anchor`; undefined until an old conversation asks. */
export type SectionHashes = ReadonlyMap<string, string>;

/** Keeps the chat on the shelf and takes others from it. */
export type Keeper = {
  /** Id of the conversation in the chat; undefined for one not kept yet. */
  readonly current: Pick<Store<string | undefined>, 'get' | 'subscribe'>;
  readonly kept: Pick<Store<Kept>, 'get' | 'subscribe'>;
  readonly hashes: Pick<Store<SectionHashes | undefined>, 'get' | 'subscribe'>;
  /** Begins an empty conversation. */
  begin(): void;
  /** Puts a kept conversation into the chat; false when it isn't there. */
  open(id: string): Promise<boolean>;
  rename(conversation: SavedConversation, name: string): Promise<void>;
  remove(id: string): Promise<void>;
};

/** `now` gives the time in ISO 8601. */
export function makeKeeper(deps: {
  conversation: Conversation;
  shelf: Shelf;
  api: Pick<Api, 'documents'>;
  now: () => string;
}): Keeper {
  const { conversation, shelf, api, now } = deps;
  const current = makeStore<string | undefined>(undefined);
  const kept = makeStore<Kept>('kept');
  const hashes = makeStore<SectionHashes | undefined>(undefined);
  let loading = false;

  async function keep(): Promise<void> {
    const turns = conversation.turns.get();
    const last = turns.at(-1);
    if (loading || !last || isRunning(last.answer)) return;
    const id = current.get() ?? makeId();
    current.set(id);
    const before = await shelf.get(id);
    const time = now();
    const name = before?.name ?? nameOf(turns);
    kept.set(await shelf.put({ id, name, startedAt: before?.startedAt ?? time, changedAt: time, turns }));
  }
  conversation.turns.subscribe(() => void keep());

  async function check(): Promise<void> {
    const list = await api.documents();
    if (!list.ok) return;
    const found = list.value.documents.flatMap(({ path, sections }) =>
      sections.map(({ anchor, hash }) => [`${path}#${anchor}`, hash] as const),
    );
    hashes.set(new Map(found));
  }

  function show(turns: SavedConversation['turns'], id: string | undefined): void {
    loading = true;
    current.set(id);
    conversation.load(turns);
    loading = false;
  }

  return {
    current,
    kept,
    hashes,
    begin: () => show([], undefined),
    async open(id) {
      if (current.get() === id) return true;
      const found = await shelf.get(id);
      if (!found) return false;
      show(found.turns, id);
      await check();
      return true;
    },
    async rename(saved, name) {
      const trimmed = name.trim();
      if (trimmed) kept.set(await shelf.put({ ...saved, name: trimmed }));
    },
    async remove(id) {
      await shelf.remove(id);
      if (current.get() === id) show([], undefined);
    },
  };
}
