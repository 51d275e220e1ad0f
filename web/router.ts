import type { LinkedWords } from './source/linked-words.ts';
import { makeStore, type Store } from './store.ts';

/** The page shown; `conversation` is the id of a kept one, `turn` that of a question in it, `question` one to ask where there is no such conversation. `path` "" is the list of documents; `words` are those to show. */
export type Route =
  | {
      readonly name: 'chat';
      readonly question?: string;
      readonly conversation?: string;
      readonly turn?: string;
    }
  | { readonly name: 'gaps' }
  | {
      readonly name: 'docs';
      readonly path: string;
      readonly anchor: string;
      readonly words?: LinkedWords;
    };

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Reads an address of this site. All but `/docs/...` and `/gaps` is the chat. */
export function parseRoute(url: Pick<URL, 'pathname' | 'search' | 'hash'>): Route {
  const query = new URLSearchParams(url.search);
  if (url.pathname === '/gaps') return { name: 'gaps' };
  const docs = /^\/docs(?:\/(.*))?$/.exec(url.pathname);
  if (!docs) {
    const question = query.get('ask');
    const conversation = query.get('c');
    const turn = query.get('turn');
    return {
      name: 'chat',
      ...(question && { question }),
      ...(conversation && { conversation }),
      ...(turn && { turn }),
    };
  }
  const path = (docs[1] ?? '').split('/').map(decode).join('/');
  const anchor = decode(url.hash.slice(1));
  const range = /^(\d+)-(\d+)$/.exec(query.get('q') ?? '');
  const digest = query.get('w');
  const route = { name: 'docs', path, anchor } as const;
  if (!range) return route;
  const words = { start: Number(range[1]), end: Number(range[2]), ...(digest && { digest }) };
  return { ...route, words };
}

export type Router = {
  readonly route: Pick<Store<Route>, 'get' | 'subscribe'>;
  /** Goes to an address of this site without loading the page again. */
  go(href: string): void;
  /** Shows another address for the same page. */
  rename(href: string): void;
};

/** The part of `window` that the router works with. */
export type Browser = Pick<Window, 'location' | 'history' | 'addEventListener' | 'document'>;

/** Follows the address bar and takes over plain clicks on links to pages of this site. */
export function makeRouter(browser: Browser): Router {
  const route = makeStore<Route>(parseRoute(browser.location));
  const read = () => route.set(parseRoute(browser.location));

  function go(href: string): void {
    browser.history.pushState(null, '', href);
    read();
  }

  browser.addEventListener('popstate', read);
  browser.document.addEventListener('click', (event) => {
    if (event.defaultPrevented || event.button !== 0) return;
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const link = event.target instanceof Element ? event.target.closest('a') : null;
    if (!link || link.target || link.origin !== browser.location.origin || link.hasAttribute('download'))
      return;
    if (link.pathname !== '/' && link.pathname !== '/gaps' && !link.pathname.startsWith('/docs')) return;
    event.preventDefault();
    go(link.pathname + link.search + link.hash);
  });
  return {
    route,
    go,
    rename(href) {
      browser.history.replaceState(browser.history.state, '', href);
      read();
    },
  };
}
