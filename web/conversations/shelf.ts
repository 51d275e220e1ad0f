import { openDB } from 'idb';
import type { SavedConversation } from './saved-conversation.ts';

/** What came of keeping something: `full` is a browser out of storage, `refused` one that keeps nothing. */
export type Kept = 'kept' | 'full' | 'refused';

/** The browser's conversations. Reading from a browser that keeps none gives none. */
export type Shelf = {
  all(): Promise<SavedConversation[]>;
  get(id: string): Promise<SavedConversation | undefined>;
  /** Keeps what `next` makes of a conversation, read and written in one transaction; nothing where it makes nothing. */
  change(id: string, next: Change): Promise<Kept>;
  /** Takes a conversation away and gives what it was. */
  remove(id: string): Promise<SavedConversation | undefined>;
};

export type Change = (before: SavedConversation | undefined) => SavedConversation | undefined;

const table = 'conversations';
type Schema = { [table]: { key: string; value: SavedConversation } };

/** Conversations in IndexedDB, opened at the first use. */
export function makeShelf(name = 'docent'): Shelf {
  const open = () =>
    openDB<Schema>(name, 1, {
      upgrade: (database) => void database.createObjectStore(table, { keyPath: 'id' }),
    });
  let opened: ReturnType<typeof open> | undefined;
  const database = () => {
    opened ??= open();
    return opened;
  };
  return {
    async all() {
      try {
        return await (await database()).getAll(table);
      } catch {
        return [];
      }
    },
    async get(id) {
      try {
        return await (await database()).get(table, id);
      } catch {
        return undefined;
      }
    },
    async change(id, next) {
      try {
        const transaction = (await database()).transaction(table, 'readwrite');
        const changed = next(await transaction.store.get(id));
        await Promise.all([changed && transaction.store.put(changed), transaction.done]);
        return 'kept';
      } catch (fault) {
        return fault instanceof DOMException && fault.name === 'QuotaExceededError' ? 'full' : 'refused';
      }
    },
    async remove(id) {
      try {
        const transaction = (await database()).transaction(table, 'readwrite');
        const removed = await transaction.store.get(id);
        await Promise.all([transaction.store.delete(id), transaction.done]);
        return removed;
      } catch {
        // What was never kept is gone already.
        return undefined;
      }
    },
  };
}
