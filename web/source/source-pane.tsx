import { useEffect, useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import type { DocumentPage, Source } from '../../server/events.ts';
import { useApp } from '../app-context.ts';
import { sourceUrl } from '../chat/copy-markdown.ts';
import { Failure } from '../chat/failure.tsx';
import { Icon } from '../controls/icon.tsx';
import { showDate } from '../controls/show-date.ts';
import { texts } from '../texts.ts';
import { DocumentView, type Highlight } from './document-view.tsx';
import type { Opened } from './reader.ts';
import { scrollToMark } from './scroll-to-mark.ts';
import { useDocument } from './use-document.ts';

/** The section cited is no longer what the answer was drawn from. */
function hasChanged(page: DocumentPage, source: Source): boolean {
  const section = page.sections.find((candidate) => candidate.anchor === source.anchor);
  return section?.hash !== source.hash;
}

/** A cited document beside the chat, open at the words. */
export function SourcePane({ opened }: { opened: Opened }) {
  const { reader } = useApp();
  const [loaded, reload] = useDocument(opened.path);
  const title = useRef<HTMLHeadingElement>(null);
  const body = useRef<HTMLDivElement>(null);
  const current = opened.cited[opened.current] ?? opened.cited[0];
  const page = loaded?.ok ? loaded.value : undefined;
  const highlights = useMemo(
    () =>
      opened.cited.flatMap(({ citation }, index): Highlight[] =>
        citation ? [{ start: citation.start, end: citation.end, current: index === opened.current }] : [],
      ),
    [opened],
  );
  useEffect(() => title.current?.focus(), [opened.path]);
  useLayoutEffect(() => {
    if (page) scrollToMark(body.current, current?.source.anchor ?? '');
  }, [page, current]);
  if (!current) return null;
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
        <a class="quiet-button" href={sourceUrl(current.source.url, current.citation)}>
          <Icon name="link" />
          {texts.source.openPage}
        </a>
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
        <h2 tabIndex={-1} ref={title}>
          {current.source.title}
        </h2>
        <p>{texts.cite.changed(showDate(page?.changedAt ?? current.source.changedAt))}</p>
      </div>
      <div class="pane-body" ref={body}>
        {page && hasChanged(page, current.source) && <p class="pane-notice">{texts.source.changedSince}</p>}
        {loaded && !loaded.ok && <Failure error={loaded.error} onRetry={reload} />}
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
