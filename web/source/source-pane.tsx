import { useEffect, useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import { useApp } from '../app-context.ts';
import { ChangeDetails } from '../changes/change-details.tsx';
import { urlNow } from '../changes/change-words.ts';
import { keyOf } from '../changes/section-change.ts';
import { sourceUrl } from '../chat/copy-markdown.ts';
import { Failure } from '../chat/failure.tsx';
import { Icon } from '../controls/icon.tsx';
import { showDate } from '../controls/show-date.ts';
import { useStore } from '../store.ts';
import { texts } from '../texts.ts';
import { DocumentView, type Highlight } from './document-view.tsx';
import { isOther, placeIn } from './place-in.ts';
import type { Opened } from './reader.ts';
import { RepositoryLink } from './repository-link.tsx';
import { scrollToMark } from './scroll-to-mark.ts';
import { useDocument } from './use-document.ts';

/** A cited document beside the chat, open at the words. */
export function SourcePane({ opened }: { opened: Opened }) {
  const { reader, keeper } = useApp();
  const changes = useStore(keeper.changes);
  const sections = useStore(keeper.sections);
  const title = useRef<HTMLHeadingElement>(null);
  const body = useRef<HTMLDivElement>(null);
  const current = opened.cited[opened.current] ?? opened.cited[0];
  const change = current && changes.get(keyOf(current.source));
  const now = change && change.status !== 'gone' ? change : undefined;
  const [loaded, reload] = useDocument(now?.path ?? opened.path);
  const page = loaded?.ok ? loaded.value : undefined;
  const highlights = useMemo(
    () =>
      opened.cited.flatMap((cited, index): Highlight[] => {
        const place = page && placeIn(page, cited, sections, changes);
        return place ? [{ ...place, current: index === opened.current }] : [];
      }),
    [opened, page, sections, changes],
  );
  const anchor = now?.anchor ?? current?.source.anchor ?? '';
  useEffect(() => title.current?.focus(), [opened.path]);
  useLayoutEffect(() => {
    if (page) scrollToMark(body.current, anchor);
  }, [page, current, anchor]);
  if (!current) return null;
  const place = highlights.find((highlight) => highlight.current);
  const { citation } = current;
  const cited = citation && place ? { ...citation, ...place } : undefined;
  return (
    <aside
      class="pane"
      aria-label={texts.source.label}
      onKeyDown={(event) => event.key === 'Escape' && reader.close()}
    >
      <div class="pane-bar">
        <button type="button" class="quiet-button pane-back" onClick={() => reader.close()}>
          <Icon name="back" />
          {texts.back}
        </button>
        <QuoteSteps opened={opened} />
        <a
          class="quiet-button"
          href={now ? urlNow(now, cited) : sourceUrl(current.source.url, page ? cited : citation)}
        >
          <Icon name="link" />
          {texts.source.openPage}
        </a>
        {current.source.repositoryUrl && <RepositoryLink href={current.source.repositoryUrl} />}
        <button
          type="button"
          class="icon-button pane-close"
          aria-label={texts.close}
          onClick={() => reader.close()}
        >
          <Icon name="close" />
        </button>
      </div>
      <div class="pane-head">
        <h2 tabIndex={-1} ref={title} dir="auto">
          {current.source.title}
        </h2>
        <p>{texts.cite.changed(showDate(page?.changedAt ?? current.source.changedAt))}</p>
      </div>
      <div class="pane-body" ref={body}>
        {change && (
          <ChangeDetails
            key={keyOf(current.source)}
            source={current.source}
            citations={opened.cited.flatMap(({ source, citation }) =>
              citation && source.n === current.source.n ? [citation] : [],
            )}
            change={change}
          />
        )}
        {!change && page && isOther(page, current.source) && (
          <p class="pane-notice">{texts.source.changedSince}</p>
        )}
        {loaded && !loaded.ok && change?.status !== 'gone' && (
          <Failure error={loaded.error} onRetry={reload} />
        )}
        {!loaded && <p class="stage">{texts.loading}</p>}
        {page && (
          <div class="prose is-document">
            <DocumentView page={page} highlights={highlights} headingShift={2} />
          </div>
        )}
      </div>
    </aside>
  );
}

function QuoteSteps({ opened }: { opened: Opened }) {
  const { reader } = useApp();
  if (opened.cited.length < 2) return <span class="pane-steps" />;
  return (
    <span class="pane-steps">
      <button
        type="button"
        class="icon-button"
        aria-label={texts.source.previous}
        disabled={opened.current === 0}
        onClick={() => reader.show(opened.current - 1)}
      >
        <Icon name="back" />
      </button>
      <span role="status">{texts.source.quotes(opened.current + 1, opened.cited.length)}</span>
      <button
        type="button"
        class="icon-button"
        aria-label={texts.source.next}
        disabled={opened.current === opened.cited.length - 1}
        onClick={() => reader.show(opened.current + 1)}
      >
        <Icon name="next" />
      </button>
    </span>
  );
}
