import type { VNode } from 'preact';
import { useEffect, useLayoutEffect, useMemo, useState } from 'preact/hooks';
import type { DocumentPage, SectionInfo } from '../../server/events.ts';
import { encodePath, type Loaded } from '../api/get-json.ts';
import { Failure } from '../chat/failure.tsx';
import { Icon } from '../controls/icon.tsx';
import { showDate } from '../controls/show-date.ts';
import { DocumentView, type Highlight } from '../source/document-view.tsx';
import { type FoundWords, findLinkedWords, headingOf } from '../source/linked-words.ts';
import { scrollToMark } from '../source/scroll-to-mark.ts';
import { useDocument } from '../source/use-document.ts';
import { texts } from '../texts.ts';
import { AskAboutPage, AskAboutSection } from './ask-about.tsx';
import { DocsOutline } from './docs-outline.tsx';
import type { DocsRoute } from './docs-page.tsx';
import type { ListedDocument } from './document-tree.ts';

/** One document to read, with its outline and the way to the ones beside it. */
export function DocsReading(props: { route: DocsRoute; order: readonly ListedDocument[] }) {
  const { route, order } = props;
  const [loaded, reload] = useDocument(route.path);
  const [scroller, setScroller] = useState<HTMLElement | null>(null);
  const page = loaded?.ok ? loaded.value : undefined;
  const found = useMemo(
    () => (page && route.words ? findLinkedWords(page, route.anchor, route.words) : undefined),
    [page, route],
  );
  const highlights = useMemo(
    () => (page ? highlightsOf(page, route.anchor, found) : []),
    [page, route, found],
  );
  const title = page?.title ?? (loaded && (isMissing(loaded) ? texts.errors.notFound : route.path));
  useEffect(() => {
    if (title) document.title = `${title} · ${texts.brand}`;
  }, [title]);
  useLayoutEffect(() => {
    if (!page || !scroller) return;
    if (!route.anchor && !route.words) scroller.scrollTop = 0;
    else scrollToMark(scroller, route.anchor);
  }, [page, scroller, route]);
  return (
    <main id="main" class="docs-main" tabIndex={-1} ref={setScroller}>
      <div class="docs-reading">
        <article class="docs-column" key={route.path}>
          {!loaded && <p class="stage">{texts.loading}</p>}
          {loaded && isMissing(loaded) && <NotFound />}
          {loaded && !loaded.ok && !isMissing(loaded) && <Failure error={loaded.error} onRetry={reload} />}
          {found?.status === 'lost' && (
            <p class="docs-lost" role="status">
              {texts.docs.lost}
            </p>
          )}
          {page && (
            <>
              <p class="docs-meta">
                {folderOf(page.path)}
                {texts.cite.changed(showDate(page.changedAt))}
              </p>
              <DocsOutline page={page} scroller={scroller} route={route} folded />
              {!hasOwnTitle(page) && (
                <h1 class="docs-title" dir="auto">
                  {page.title}
                </h1>
              )}
              <div class="prose is-document is-page">
                <DocumentView
                  page={page}
                  highlights={highlights}
                  headingShift={0}
                  besideHeading={besideHeading}
                />
              </div>
              <AskAboutPage page={page} />
              <Neighbours order={order} path={page.path} />
            </>
          )}
        </article>
        {page && <DocsOutline page={page} scroller={scroller} route={route} />}
      </div>
    </main>
  );
}

function isMissing(loaded: Loaded<DocumentPage>): boolean {
  return !loaded.ok && loaded.error.code === 'not_found';
}

/** Only words that are proven to be the cited ones are marked as such; without any, the heading is. */
function highlightsOf(page: DocumentPage, anchor: string, found: FoundWords | undefined): Highlight[] {
  if (found && found.status !== 'lost') {
    const isProven = found.status === 'proven';
    return [{ start: found.start, end: found.end, current: isProven, goal: !isProven }];
  }
  const heading = headingOf(page, anchor);
  return heading ? [{ ...heading, current: false }] : [];
}

function besideHeading(section: SectionInfo): VNode | undefined {
  return section.level > 1 ? <AskAboutSection section={section} /> : undefined;
}

function hasOwnTitle(page: DocumentPage): boolean {
  return page.sections.some((section) => section.level === 1);
}

function folderOf(path: string): string {
  const folders = path.split('/').slice(0, -1);
  return folders.length > 0 ? `${folders.join(' › ')} · ` : '';
}

function NotFound() {
  return (
    <div class="docs-missing">
      <h1 class="docs-title">{texts.errors.notFound}</h1>
      <p class="lead">{texts.errors.notFoundHelp}</p>
      <p>
        <a href="/docs/">{texts.docs.all}</a>
      </p>
    </div>
  );
}

function Neighbours({ order, path }: { order: readonly ListedDocument[]; path: string }) {
  const at = order.findIndex((document) => document.path === path);
  if (at < 0) return null;
  const link = (document: ListedDocument | undefined, label: string, rel: 'prev' | 'next') =>
    document && (
      <a class={`docs-neighbour is-${rel}`} rel={rel} href={`/docs/${encodePath(document.path)}`}>
        <span class="label">{label}</span>
        <strong>
          {rel === 'prev' && <Icon name="back" class="docs-neighbour-icon" />}
          {document.title}
          {rel === 'next' && <Icon name="next" class="docs-neighbour-icon" />}
        </strong>
      </a>
    );
  return (
    <nav class="docs-neighbours" aria-label={texts.docs.pages}>
      {link(order[at - 1], texts.docs.previous, 'prev')}
      {link(order[at + 1], texts.docs.next, 'next')}
    </nav>
  );
}
