import { useEffect, useLayoutEffect, useMemo, useState } from 'preact/hooks';
import type { DocumentPage } from '../../server/events.ts';
import { encodePath } from '../api/get-json.ts';
import { useApp } from '../app-context.ts';
import { Failure } from '../chat/failure.tsx';
import { Icon } from '../controls/icon.tsx';
import { showDate } from '../controls/show-date.ts';
import { DocumentView, type Highlight } from '../source/document-view.tsx';
import { type FoundWords, findLinkedWords, headingOf } from '../source/linked-words.ts';
import { scrollToMark } from '../source/scroll-to-mark.ts';
import { useDocument } from '../source/use-document.ts';
import { texts } from '../texts.ts';
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
  useEffect(() => {
    if (page) document.title = `${page.title} · ${texts.brand}`;
  }, [page]);
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
          {loaded && !loaded.ok && loaded.error.code === 'not_found' && <NotFound />}
          {loaded && !loaded.ok && loaded.error.code !== 'not_found' && (
            <Failure error={loaded.error} onRetry={reload} />
          )}
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
              {!hasOwnTitle(page) && <h1 class="docs-title">{page.title}</h1>}
              <div class="prose is-document is-page">
                <DocumentView page={page} highlights={highlights} headingShift={0} />
              </div>
              <AskAbout page={page} anchor={route.anchor} />
              <Neighbours order={order} path={page.path} />
            </>
          )}
        </article>
        {page && <DocsOutline sections={page.sections} scroller={scroller} />}
      </div>
    </main>
  );
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

/** Takes the section that was opened, or the whole document, to the chat. */
function AskAbout({ page, anchor }: { page: DocumentPage; anchor: string }) {
  const { conversation, router } = useApp();
  const section = page.sections.find((candidate) => candidate.anchor === anchor && candidate.level > 1);
  const name = section?.headings.at(-1) ?? page.title;
  const ask = () => {
    router.go('/');
    conversation.ask(texts.docs.askQuestion(name));
  };
  return (
    <button type="button" class="button docs-ask" onClick={ask}>
      {section ? texts.docs.ask(name) : texts.docs.askPage}
    </button>
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
