import { createContext } from 'preact';
import { useContext, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { useApp } from '../app-context.ts';
import { changeLine } from '../changes/change-words.ts';
import { showChange } from '../changes/changed-sections.tsx';
import { keyOf } from '../changes/section-change.ts';
import { Icon } from '../controls/icon.tsx';
import { placeBeside } from '../controls/place-beside.ts';
import { showDate } from '../controls/show-date.ts';
import { RepositoryLink } from '../source/repository-link.tsx';
import { makeStore, type Store, useStore } from '../store.ts';
import { texts } from '../texts.ts';
import type { Cited } from './answer-state.ts';
import { whereOf } from './where-of.ts';

/** A citation's card and what it hangs on. */
type Shown = { readonly cited: Cited; readonly anchor: HTMLElement; open(cited: Cited): void };

/** The one card of the page. Delays are in milliseconds; a later call replaces one that waits. */
export type CardControl = {
  readonly shown: Pick<Store<Shown | undefined>, 'get' | 'subscribe'>;
  show(shown: Shown, delay: number): void;
  hide(delay: number): void;
  /** Keeps the card that is about to hide. */
  keep(): void;
};

export const CardContext = createContext<CardControl | undefined>(undefined);

export function makeCardControl(): CardControl {
  const shown = makeStore<Shown | undefined>(undefined);
  let timer: ReturnType<typeof setTimeout> | undefined;
  const later = (next: Shown | undefined, delay: number) => {
    clearTimeout(timer);
    if (delay === 0) shown.set(next);
    else timer = setTimeout(() => shown.set(next), delay);
  };
  return {
    shown,
    show: (next, delay) => later(next, delay),
    hide: (delay) => later(undefined, delay),
    keep: () => clearTimeout(timer),
  };
}

/** The words quoted inside the excerpt, when they stand in it. */
export function QuoteInContext(props: { cited: Cited }) {
  const { source, citation } = props.cited;
  const quote = citation?.quote ?? '';
  const at = quote ? source.excerpt.indexOf(quote) : -1;
  if (at < 0) return <>{quote || source.excerpt}</>;
  return (
    <>
      {source.excerpt.slice(0, at)}
      <mark>{quote}</mark>
      {source.excerpt.slice(at + quote.length)}
    </>
  );
}

/** The card of the citation that is hovered, focused or tapped. */
export function CitationCard() {
  const control = useContext(CardContext);
  if (!control) return null;
  return <Card control={control} />;
}

function Card({ control }: { control: CardControl }) {
  const shown = useStore(control.shown);
  const changes = useStore(useApp().keeper.changes);
  const card = useRef<HTMLDivElement>(null);
  const [place, setPlace] = useState({ top: 0, left: 0 });
  useLayoutEffect(() => {
    if (!shown || !card.current) return;
    setPlace(placeBeside(card.current, shown.anchor));
    const hide = () => control.hide(0);
    const onKey = (event: Event) => {
      if (!(event instanceof KeyboardEvent) || event.key !== 'Escape') return;
      // Takes off the card alone, and not also what it stands in.
      event.preventDefault();
      hide();
    };
    const onPress = (event: Event) => {
      const target = event.target;
      if (target instanceof Node && !card.current?.contains(target) && !shown.anchor.contains(target)) hide();
    };
    // The document, or the widget's shadow root: outside of that an event doesn't name what it came from.
    const root = card.current.getRootNode();
    root.addEventListener('keydown', onKey, true);
    root.addEventListener('pointerdown', onPress);
    root.addEventListener('scroll', hide, { capture: true, passive: true });
    return () => {
      root.removeEventListener('keydown', onKey, true);
      root.removeEventListener('pointerdown', onPress);
      root.removeEventListener('scroll', hide, { capture: true });
    };
  }, [shown, control]);
  if (!shown) return null;
  const { source } = shown.cited;
  const where = whereOf(source);
  const change = changes.get(keyOf(source));
  return (
    <div
      ref={card}
      class="card"
      style={{ top: `${place.top}px`, left: `${place.left}px` }}
      onPointerEnter={() => control.keep()}
      onPointerLeave={() => control.hide(200)}
    >
      <p class="card-where">
        <span class="card-number">{source.n}</span>
        <span>
          <strong>{where[0]}</strong>
          {where.slice(1).map((heading) => (
            <span class="card-step">{heading}</span>
          ))}
        </span>
      </p>
      <blockquote class="card-quote" dir="auto">
        <QuoteInContext cited={shown.cited} />
      </blockquote>
      {change && (
        <p class="card-change">
          <Icon name="history" />
          <span>{changeLine(change)}</span>
          <button
            type="button"
            class="link-button"
            tabIndex={-1}
            onClick={() => {
              control.hide(0);
              showChange(shown.anchor.closest('[data-answer]') ?? document, keyOf(source));
            }}
          >
            {texts.changes.what}
          </button>
        </p>
      )}
      <p class="card-foot">
        <span>{texts.cite.changed(showDate(source.changedAt))}</span>
        {source.repositoryUrl && <RepositoryLink href={source.repositoryUrl} tabIndex={-1} />}
        <button
          type="button"
          class="link-button"
          tabIndex={-1}
          onClick={() => {
            control.hide(0);
            shown.open(shown.cited);
          }}
        >
          {texts.cite.open}
          <Icon name="next" />
        </button>
      </p>
    </div>
  );
}
