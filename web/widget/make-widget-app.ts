import { makeApi } from '../api/get-json.ts';
import { makeStreamChat } from '../api/stream-chat.ts';
import type { App } from '../app-context.ts';
import type { KeptSections, SectionChanges } from '../changes/section-change.ts';
import { type Conversation, makeConversation } from '../chat/conversation.ts';
import { sourceUrl } from '../chat/copy-markdown.ts';
import { nextFrame } from '../chat/next-frame.ts';
import type { Keeper } from '../conversations/keeper.ts';
import type { Kept, Shelf } from '../conversations/shelf.ts';
import type { Route } from '../router.ts';
import { makeDocumentCache } from '../source/document-cache.ts';
import { makeStore } from '../store.ts';
import type { WidgetOptions } from './options.ts';

/** What is asked on another site's page isn't kept there: its scripts could read it. */
const emptyShelf: Shelf = {
  all: () => Promise.resolve([]),
  get: () => Promise.resolve(undefined),
  change: () => Promise.resolve('kept'),
  remove: () => Promise.resolve(undefined),
};

function makeForgetfulKeeper(conversation: Conversation): Keeper {
  return {
    current: makeStore<string | undefined>(undefined),
    kept: makeStore<Kept>('kept'),
    sections: makeStore<KeptSections>({}),
    changes: makeStore<SectionChanges>(new Map()),
    begin: () => conversation.load([]),
    open: () => Promise.resolve(false),
    compare: () => Promise.resolve(),
    rename: () => Promise.resolve(),
    remove: () => Promise.resolve(undefined),
    putBack: () => Promise.resolve('kept'),
  };
}

/** The client inside another site's page: it asks Docent across origins, and opens sources and pages in new tabs. */
export function makeWidgetApp({ origin, token }: Pick<WidgetOptions, 'origin' | 'token'>): App {
  const request: typeof fetch = (path, options) => {
    const headers = new Headers(options?.headers);
    if (token !== undefined) headers.set('authorization', `Bearer ${token}`);
    return fetch(`${origin}${path}`, { ...options, headers, credentials: 'omit' });
  };
  const openTab = (path: string) => void window.open(origin + path, '_blank', 'noopener');
  const api = makeApi({ fetch: request });
  const conversation = makeConversation({
    streamChat: makeStreamChat({ fetch: request }),
    schedule: nextFrame,
  });
  return {
    api,
    conversation,
    origin,
    shelf: emptyShelf,
    keeper: makeForgetfulKeeper(conversation),
    router: { route: makeStore<Route>({ name: 'chat' }), go: openTab, rename: () => undefined },
    listing: makeStore(false),
    documents: makeDocumentCache({ api }),
    reader: {
      opened: makeStore(undefined),
      open: (_answer, { source, citation }) => openTab(sourceUrl(source.url, citation)),
      show: () => undefined,
      close: () => undefined,
    },
  };
}
