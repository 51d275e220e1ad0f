import { useCallback, useEffect, useMemo, useState } from 'preact/hooks';
import type { Info } from '../server/events.ts';
import type { Loaded } from './api/get-json.ts';
import { type App, AppContext } from './app-context.ts';
import { Chat } from './chat/chat.tsx';
import { CardContext, makeCardControl } from './chat/citation-card.tsx';
import { DocsPage } from './docs/docs-page.tsx';
import { Header } from './header.tsx';
import { SourcePane } from './source/source-pane.tsx';
import { useStore } from './store.ts';
import { texts } from './texts.ts';

/** The whole client. The chat stays in the page while the docs are read, with all its state. */
export function AppView({ app }: { app: App }) {
  const route = useStore(app.router.route);
  const opened = useStore(app.reader.opened);
  const card = useMemo(makeCardControl, []);
  const [info, setInfo] = useState<Loaded<Info>>();
  const load = useCallback(() => void app.api.info().then(setInfo), [app]);
  useEffect(load, [load]);
  useEffect(() => {
    if (route.name !== 'chat' || !route.question) return;
    app.conversation.ask(route.question);
    window.history.replaceState(null, '', '/');
  }, [route, app]);
  const isChat = route.name === 'chat';
  const name = info?.ok ? info.value.name : texts.brand;
  useEffect(() => {
    if (isChat) document.title = name;
  }, [isChat, name]);
  return (
    <AppContext.Provider value={app}>
      <CardContext.Provider value={card}>
        <Header route={route} name={name} />
        <div class={isChat && opened ? 'workspace has-pane' : 'workspace'}>
          <Chat info={info} onReload={load} hidden={!isChat} />
          {isChat && opened && <SourcePane opened={opened} />}
          {route.name === 'docs' && <DocsPage route={route} />}
        </div>
      </CardContext.Provider>
    </AppContext.Provider>
  );
}
