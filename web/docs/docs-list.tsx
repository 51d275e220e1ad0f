import { useEffect } from 'preact/hooks';
import { encodePath } from '../api/get-json.ts';
import { showDate } from '../controls/show-date.ts';
import { texts } from '../texts.ts';
import type { DocumentFolder } from './document-tree.ts';

/** All documents with their size and age, by folder. */
export function DocsList({ tree }: { tree: DocumentFolder }) {
  useEffect(() => {
    document.title = `${texts.docs.title} · ${texts.brand}`;
  }, []);
  const isEmpty = tree.documents.length === 0 && tree.folders.length === 0;
  return (
    <>
      <h1 class="docs-title">{texts.docs.title}</h1>
      <p class="lead">{isEmpty ? texts.docs.empty : texts.docs.lead}</p>
      <FolderList folder={tree} />
    </>
  );
}

function FolderList({ folder }: { folder: DocumentFolder }) {
  return (
    <>
      {folder.name && folder.documents.length > 0 && (
        <h2 class="label docs-folder">{folder.path.slice(0, -1)}</h2>
      )}
      {folder.documents.length > 0 && (
        <ul class="docs-list">
          {folder.documents.map((document) => (
            <li key={document.path}>
              <a href={`/docs/${encodePath(document.path)}`}>
                <strong dir="auto">{document.title}</strong>
                <span>
                  {texts.docs.sections(document.sections.length)},{' '}
                  {texts.docs.changed(showDate(document.changedAt))}
                </span>
              </a>
            </li>
          ))}
        </ul>
      )}
      {folder.folders.map((inner) => (
        <FolderList key={inner.path} folder={inner} />
      ))}
    </>
  );
}
