import { type Answer, type Cited, citationsOf } from '../chat/answer-state.ts';
import { makeStore, type Store } from '../store.ts';

/** A document opened beside the chat at the words of a citation. */
export type Opened = {
  readonly path: string;
  /** All that the answer cites from this document, in the document's order; at least one. */
  readonly cited: readonly Cited[];
  /** Index into `cited` of the one looked at. */
  readonly current: number;
};

/** The source pane: what it shows, and the way into and out of it. */
export type Reader = {
  readonly opened: Pick<Store<Opened | undefined>, 'get' | 'subscribe'>;
  /** Opens a source of an answer; the browser's back closes it again. */
  open(answer: Pick<Answer, 'sources' | 'claims' | 'disagreements'>, cited: Cited): void;
  /** Goes to another citation of the opened document. */
  show(index: number): void;
  /** Closes the pane and gives the focus back to where it was opened. */
  close(): void;
};

function placeOf({ source, citation }: Cited): number {
  return citation?.start ?? source.n;
}

function isSame(a: Cited, b: Cited): boolean {
  return (
    a.source.n === b.source.n &&
    a.citation?.start === b.citation?.start &&
    a.citation?.end === b.citation?.end
  );
}

/** Everything an answer cites from one document, each range once, in the document's order. */
export function citedFrom(
  answer: Pick<Answer, 'sources' | 'claims' | 'disagreements'>,
  path: string,
): Cited[] {
  const found: Cited[] = [];
  for (const source of answer.sources.filter((candidate) => candidate.path === path)) {
    for (const citation of citationsOf(answer)) {
      const cited = { source, citation };
      if (citation.n === source.n && !found.some((other) => isSame(other, cited))) found.push(cited);
    }
  }
  return found.sort((a, b) => placeOf(a) - placeOf(b));
}

export function makeReader(browser: Pick<Window, 'history' | 'addEventListener' | 'document'>): Reader {
  const opened = makeStore<Opened | undefined>(undefined);
  let opener: Element | null = null;

  function isOpenEntry(state: unknown): boolean {
    return typeof state === 'object' && state !== null && 'source' in state;
  }
  function shut(): void {
    if (!opened.get()) return;
    opened.set(undefined);
    if (opener instanceof HTMLElement) opener.focus();
    opener = null;
  }
  browser.addEventListener('popstate', (event) => {
    if (!isOpenEntry(event.state)) shut();
  });

  return {
    opened,
    open(answer, target) {
      const all = citedFrom(answer, target.source.path);
      const at = all.findIndex((cited) => isSame(cited, target));
      const cited = at >= 0 ? all : [target, ...all];
      if (!opened.get()) browser.history.pushState({ source: true }, '');
      opener = browser.document.activeElement;
      opened.set({ path: target.source.path, cited, current: Math.max(0, at) });
    },
    show(index) {
      const now = opened.get();
      if (now && index >= 0 && index < now.cited.length) opened.set({ ...now, current: index });
    },
    close() {
      if (isOpenEntry(browser.history.state)) browser.history.back();
      else shut();
    },
  };
}
