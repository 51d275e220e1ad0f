import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Api } from './api/get-json.ts';
import type { Conversation } from './chat/conversation.ts';
import type { Keeper } from './conversations/keeper.ts';
import type { Shelf } from './conversations/shelf.ts';
import type { Router } from './router.ts';
import type { DocumentCache } from './source/document-cache.ts';
import type { Reader } from './source/reader.ts';
import type { Store } from './store.ts';

/** What every part of the client may use. */
export type App = {
  readonly api: Api;
  readonly router: Router;
  readonly conversation: Conversation;
  readonly reader: Reader;
  readonly documents: DocumentCache;
  readonly shelf: Shelf;
  readonly keeper: Keeper;
  /** Whether the list of conversations is shown. */
  readonly listing: Store<boolean>;
  /** Where Docent is served, when the client runs in a page of another origin, as the widget's does. */
  readonly origin?: string;
};

export const AppContext = createContext<App | undefined>(undefined);

export function useApp(): App {
  const app = useContext(AppContext);
  if (!app) throw new Error('useApp needs an AppContext.Provider above it');
  return app;
}
