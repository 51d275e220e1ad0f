import type { DocumentList } from '../../server/events.ts';

export type ListedDocument = DocumentList['documents'][number];

/** A folder of the docs with what lies directly in it; the root's name is "". */
export type DocumentFolder = {
  readonly path: string;
  readonly name: string;
  readonly documents: readonly ListedDocument[];
  readonly folders: readonly DocumentFolder[];
};

function isIndex(document: ListedDocument): boolean {
  return /(^|\/)(index|readme)\.[a-z]+$/i.test(document.path);
}

/** Documents by folder; an index or readme comes first in its folder, the others by title. */
export function documentTree(documents: readonly ListedDocument[]): DocumentFolder {
  return folderAt('', '', documents);
}

function folderAt(path: string, name: string, documents: readonly ListedDocument[]): DocumentFolder {
  const own: ListedDocument[] = [];
  const below = new Map<string, ListedDocument[]>();
  for (const document of documents) {
    const [first = '', ...rest] = document.path.slice(path.length).split('/');
    if (rest.length === 0) own.push(document);
    else below.set(first, [...(below.get(first) ?? []), document]);
  }
  const folders = [...below].sort(([a], [b]) => a.localeCompare(b, undefined, { numeric: true }));
  return {
    path,
    name,
    documents: own.sort(byTitle),
    folders: folders.map(([folder, inside]) => folderAt(`${path}${folder}/`, nameOf(folder), inside)),
  };
}

function byTitle(a: ListedDocument, b: ListedDocument): number {
  return (
    Number(isIndex(b)) - Number(isIndex(a)) || a.title.localeCompare(b.title, undefined, { numeric: true })
  );
}

/** A folder's name as a reader would write it. */
function nameOf(folder: string): string {
  const words = folder.replace(/^_+/, '').replace(/[-_]+/g, ' ').trim();
  return words ? words[0]?.toUpperCase() + words.slice(1) : folder;
}

/** All documents in the order of the tree: what previous and next go by. */
export function readingOrder(folder: DocumentFolder): ListedDocument[] {
  return [...folder.documents, ...folder.folders.flatMap(readingOrder)];
}
