import { useEffect, useId, useRef, useState } from 'preact/hooks';
import type { SearchHit, SearchResponse } from '../../server/events.ts';
import { encodePath, type Loaded } from '../api/get-json.ts';
import { useApp } from '../app-context.ts';
import { whereOf } from '../chat/where-of.ts';
import { Icon } from '../controls/icon.tsx';
import { texts } from '../texts.ts';

/** Milliseconds without a key before a search begins. */
const pause = 150;

/** The section of a hit, at the passage where that doesn't begin the section. */
function hrefOf({ path, anchor, text, start, end }: SearchHit): string {
  const isTop = anchor !== '' && /^\s*#/.test(text);
  const page = `/docs/${encodePath(path)}${isTop ? '' : `?q=${start}-${end}`}`;
  return anchor ? `${page}#${encodeURIComponent(anchor)}` : page;
}

/** Whether a key is meant for a field that has the focus. */
function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest('input, textarea, [contenteditable]') !== null;
}

/** Searches sections as one types; `/` goes to the field, the arrow keys through what was found. */
export function DocsSearch() {
  const { router } = useApp();
  const [text, setText] = useState('');
  const [open, setOpen] = useState(false);
  const [at, setAt] = useState(-1);
  const field = useRef<HTMLInputElement>(null);
  const id = useId();
  const found = useHits(text);
  const hits = found?.ok ? found.value.hits : [];
  const shown = open && text.trim() !== '' && found !== undefined;
  const outcome = found && outcomeOf(found);

  useEffect(() => {
    const toField = (event: KeyboardEvent) => {
      if (event.key !== '/' || event.ctrlKey || event.metaKey || isTyping(event.target)) return;
      event.preventDefault();
      field.current?.select();
      field.current?.focus();
    };
    document.addEventListener('keydown', toField);
    return () => document.removeEventListener('keydown', toField);
  }, []);

  const choose = (hit: SearchHit | undefined) => {
    if (!hit) return;
    setOpen(false);
    field.current?.blur();
    router.go(hrefOf(hit));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') {
      setOpen(false);
      field.current?.blur();
    } else if (event.key === 'Enter') {
      event.preventDefault();
      choose(hits[Math.max(0, at)]);
    } else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      const step = event.key === 'ArrowDown' ? 1 : -1;
      setAt((now) =>
        hits.length === 0 ? -1 : (Math.max(now, step < 0 ? 0 : -1) + step + hits.length) % hits.length,
      );
    }
  };
  return (
    <search class="docs-search">
      <Icon name="search" class="docs-search-icon" />
      <input
        ref={field}
        type="text"
        role="combobox"
        autocomplete="off"
        spellcheck={false}
        placeholder={texts.docs.search}
        aria-label={texts.docs.search}
        aria-keyshortcuts="/"
        aria-expanded={shown}
        aria-controls={id}
        aria-activedescendant={shown && at >= 0 ? `${id}-${at}` : undefined}
        value={text}
        onInput={(event) => {
          setText(event.currentTarget.value);
          setAt(-1);
          setOpen(true);
        }}
        onFocus={() => setOpen(true)}
        onBlur={() => setOpen(false)}
        onKeyDown={onKeyDown}
      />
      <span class="docs-key" aria-hidden="true">
        {texts.docs.searchHint}
      </span>
      <div
        id={id}
        role="listbox"
        aria-label={texts.docs.search}
        class="docs-hits"
        hidden={!shown || hits.length === 0}
      >
        {hits.map((hit, index) => (
          <Hit
            key={`${hit.path}${hit.start}`}
            hit={hit}
            id={`${id}-${index}`}
            selected={index === at}
            onChoose={() => choose(hit)}
          />
        ))}
      </div>
      {shown && hits.length === 0 && (
        <p class={found.ok ? 'docs-hits is-empty' : 'docs-hits is-empty is-failed'}>{outcome}</p>
      )}
      <span class="visually-hidden" role="status">
        {shown ? outcome : ''}
      </span>
    </search>
  );
}

/** What a search came to, in words: a failed one is none that found nothing. */
function outcomeOf(found: Loaded<SearchResponse>): string {
  if (!found.ok) return texts.docs.searchFailed(found.error.message);
  const { length } = found.value.hits;
  return length === 0 ? texts.docs.noHits : texts.docs.hits(length);
}

/** What stands in a section, without the marks of Markdown and its heading. */
function preview(hit: SearchHit): string {
  const body = hit.text.replace(/^\s*#{1,6} .*$/m, '').replace(/\[([^\]]*)\]\([^)]*\)/g, '$1');
  return body
    .replace(/[*_`|#>]+|-{3,}/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 160);
}

function Hit(props: { hit: SearchHit; id: string; selected: boolean; onChoose(): void }) {
  const where = whereOf(props.hit);
  const item = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (props.selected) item.current?.scrollIntoView({ block: 'nearest' });
  }, [props.selected]);
  return (
    // The field keeps the focus: pressing here must not take it away before the click.
    // biome-ignore lint/a11y/useFocusableInteractive: the field points at it by aria-activedescendant
    // biome-ignore lint/a11y/useKeyWithClickEvents: Enter in the field chooses it
    <div
      ref={item}
      id={props.id}
      role="option"
      aria-selected={props.selected}
      class="docs-hit"
      onPointerDown={(event) => event.preventDefault()}
      onClick={props.onChoose}
    >
      <strong dir="auto">{where.at(-1)}</strong>
      {where.length > 1 && <span class="docs-hit-where">{where.slice(0, -1).join(' › ')}</span>}
      <span class="docs-hit-text" dir="auto">
        {preview(props.hit)}
      </span>
    </div>
  );
}

/** What a search came to, once that is known; searches wait until the typing pauses. */
function useHits(text: string): Loaded<SearchResponse> | undefined {
  const { api } = useApp();
  const [found, setFound] = useState<Loaded<SearchResponse>>();
  useEffect(() => {
    const question = text.trim();
    if (question === '') {
      setFound(undefined);
      return;
    }
    const control = new AbortController();
    const timer = setTimeout(async () => {
      const next = await api.search(question, control.signal);
      if (!control.signal.aborted) setFound(next);
    }, pause);
    return () => {
      clearTimeout(timer);
      control.abort();
    };
  }, [text, api]);
  return found;
}
