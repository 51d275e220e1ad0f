import { useEffect, useMemo, useState } from 'preact/hooks';
import type { DocumentList } from '../../server/events.ts';
import type { Loaded } from '../api/get-json.ts';
import { useApp } from '../app-context.ts';
import { Failure } from '../chat/failure.tsx';
import { Icon } from '../controls/icon.tsx';
import type { Route } from '../router.ts';
import { texts } from '../texts.ts';
import { DocsList } from './docs-list.tsx';
import { DocsReading } from './docs-reading.tsx';
import { DocsSearch } from './docs-search.tsx';
import { DocsTree } from './docs-tree.tsx';
import { documentTree, readingOrder } from './document-tree.ts';

export type DocsRoute = Extract<Route, { name: 'docs' }>;

/** The docs as a site: the tree, the search, and a document or the list of all. */
export function DocsPage({
  route,
  hasGaps,
  hasStatus,
}: {
  route: DocsRoute;
  hasGaps: boolean;
  hasStatus: boolean;
}) {
  const { api } = useApp();
  const [list, setList] = useState<Loaded<DocumentList>>();
  const load = () => void api.documents().then(setList);
  useEffect(load, [api]);
  const documents = list?.ok ? list.value.documents : undefined;
  const tree = useMemo(() => documents && documentTree(documents), [documents]);
  const order = useMemo(() => (tree ? readingOrder(tree) : []), [tree]);
  return (
    <div class="docs">
      <div class="docs-side">
        <DocsSearch />
        {tree && (
          <>
            <details class="docs-menu" key={route.path}>
              <summary>
                <Icon name="menu" />
                {texts.docs.tree}
              </summary>
              <DocsTree tree={tree} path={route.path} />
            </details>
            <div class="docs-side-tree">
              <DocsTree tree={tree} path={route.path} />
            </div>
          </>
        )}
      </div>
      {route.path === '' ? (
        <main id="main" class="docs-main" tabIndex={-1}>
          <div class="docs-column">
            {list && !list.ok && <Failure error={list.error} onRetry={load} />}
            {!list && <p class="stage">{texts.loading}</p>}
            {tree && <DocsList tree={tree} />}
            <p class="docs-foot">
              {hasGaps && <a href="/gaps">{texts.gaps.link}</a>}
              {hasStatus && <a href="/status">{texts.docs.status}</a>}
              <a href="/api">{texts.docs.api}</a>
            </p>
          </div>
        </main>
      ) : (
        <DocsReading route={route} order={order} />
      )}
    </div>
  );
}
