import { render } from 'preact';
import { makeApi } from './api/get-json.ts';
import { signedInFetch } from './api/signed-in-fetch.ts';
import { makeStreamChat } from './api/stream-chat.ts';
import { AppView } from './app.tsx';
import { makeConversation } from './chat/conversation.ts';
import { nextFrame } from './chat/next-frame.ts';
import { makeKeeper } from './conversations/keeper.ts';
import { makeShelf } from './conversations/shelf.ts';
import { makeRouter } from './router.ts';
import { makeDocumentCache } from './source/document-cache.ts';
import { makeReader } from './source/reader.ts';
import { makeStore } from './store.ts';
import { applyTheme, storedTheme } from './theme.ts';

applyTheme(storedTheme(), document.documentElement);

const api = makeApi({ fetch: signedInFetch });
const shelf = makeShelf();
const conversation = makeConversation({
  streamChat: makeStreamChat({ fetch: signedInFetch }),
  schedule: nextFrame,
});
const app = {
  api,
  router: makeRouter(window),
  conversation,
  shelf,
  keeper: makeKeeper({
    conversation,
    shelf,
    api,
    now: () => new Date().toISOString(),
    soon: (run) => void setTimeout(run, 1000),
  }),
  listing: makeStore(false),
  reader: makeReader(window),
  documents: makeDocumentCache({ api }),
};

const place = document.getElementById('app');
if (place) render(<AppView app={app} />, place);
