import { useCallback, useEffect, useMemo, useState } from 'preact/hooks';
import type { Info } from '../server/events.ts';
import type { Loaded } from './api/get-json.ts';
import { type App, AppContext } from './app-context.ts';
import { Chat } from './chat/chat.tsx';
import { CardContext, makeCardControl } from './chat/citation-card.tsx';
import { DocsPage } from './docs/docs-page.tsx';
import { DocsUpdated } from './docs-updated.tsx';
import { GapsPage } from './gaps/gaps-page.tsx';
import { Header } from './header.tsx';
import type { Route } from './router.ts';
import { SourcePane } from './source/source-pane.tsx';
import { useStore } from './store.ts';
import { texts } from './texts.ts';

/** The address names the conversation in the chat, and the chat shows the one that the address names. */
function useKeptConversation(app: App, route: Route): void {
  const current = useStore(app.keeper.current);
  const named = route.name === 'chat' ? route.conversation : undefined;
  const question = route.name === 'chat' ? route.question : undefined;
  useEffect(() => {
    if (named && named !== app.keeper.current.get()) {
      void app.keeper.open(named).then((found) => {
        if (found) return;
        app.router.rename(question ? `/?ask=${encodeURIComponent(question)}` : '/');
      });
    } else if (!named && route.name === 'chat') {
      const shown = app.keeper.current.get();
      if (shown) app.router.rename(`/?c=${shown}`);
    }
  }, [named, question, route.name, app]);
  useEffect(() => {
    const now = app.router.route.get();
    if (current && now.name === 'chat' && now.conversation !== current) app.router.rename(`/?c=${current}`);
  }, [current, app]);
}

/** The whole client. The chat stays in the page while the docs are read, with all its state. */
export function AppView({ app }: { app: App }) {
  const route = useStore(app.router.route);
  const opened = useStore(app.reader.opened);
  const card = useMemo(makeCardControl, []);
  const [info, setInfo] = useState<Loaded<Info>>();
  const load = useCallback(() => void app.api.info().then(setInfo), [app]);
  useEffect(load, [load]);
  const update = useCallback(
    (value: Info) => {
      app.documents.forget();
      void app.keeper.compare();
      setInfo({ ok: true, value });
    },
    [app],
  );
  useEffect(() => {
    if (route.name !== 'chat' || !route.question || route.conversation) return;
    app.keeper.begin();
    app.conversation.ask(route.question);
    app.router.rename('/');
  }, [route, app]);
  useKeptConversation(app, route);
  const isChat = route.name === 'chat';
  const name = info?.ok ? info.value.name : texts.brand;
  useEffect(() => {
    if (isChat) document.title = name;
  }, [isChat, name]);
  return (
    <AppContext.Provider value={app}>
      <CardContext.Provider value={card}>
        <Header route={route} name={name} signedInAs={info?.ok ? info.value.signedInAs : undefined} />
        <div class={isChat && opened ? 'workspace has-pane' : 'workspace'}>
          <Chat
            info={info}
            onReload={load}
            hidden={!isChat}
            turn={route.name === 'chat' ? route.turn : undefined}
          />
          {isChat && opened && <SourcePane opened={opened} />}
          {route.name === 'docs' && (
            <DocsPage
              route={route}
              hasGaps={info?.ok === true && !!info.value.gaps}
              hasStatus={info?.ok === true && !!info.value.status}
            />
          )}
          {route.name === 'gaps' && <GapsPage />}
        </div>
        <DocsUpdated api={app.api} info={info?.ok ? info.value : undefined} onUpdate={update} />
      </CardContext.Provider>
    </AppContext.Provider>
  );
}
