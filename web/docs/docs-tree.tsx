import { useEffect, useRef } from 'preact/hooks';
import { encodePath } from '../api/get-json.ts';
import { Icon } from '../controls/icon.tsx';
import { texts } from '../texts.ts';
import type { DocumentFolder } from './document-tree.ts';

/** The tree of documents; folders fold, the ones above the open document are unfolded. */
export function DocsTree(props: { tree: DocumentFolder; path: string }) {
  const tree = useRef<HTMLElement>(null);
  useEffect(() => {
    tree.current?.querySelector('[aria-current=page]')?.scrollIntoView({ block: 'nearest' });
  }, [props.path]);
  return (
    <nav class="docs-tree" aria-label={texts.docs.tree} ref={tree}>
      <Folder folder={props.tree} path={props.path} />
    </nav>
  );
}

function Folder({ folder, path }: { folder: DocumentFolder; path: string }) {
  return (
    <ul>
      {folder.documents.map((document) => (
        <li key={document.path}>
          <a
            href={`/docs/${encodePath(document.path)}`}
            aria-current={document.path === path ? 'page' : undefined}
            dir="auto"
          >
            {document.title}
          </a>
        </li>
      ))}
      {folder.folders.map((inner) => (
        <li key={inner.path}>
          <details open={path.startsWith(inner.path)}>
            <summary>
              <Icon name="next" />
              {inner.name}
            </summary>
            <Folder folder={inner} path={path} />
          </details>
        </li>
      ))}
    </ul>
  );
}
