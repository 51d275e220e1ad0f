/** How a file is read. Each kind becomes the Markdown (or, for `text`, the plain text) that is cut and cited. */
export type FileKind = 'markdown' | 'mdx' | 'text' | 'html';

const KINDS: Readonly<Record<string, FileKind>> = {
  md: 'markdown',
  markdown: 'markdown',
  mdx: 'mdx',
  txt: 'text',
  html: 'html',
  htm: 'html',
};

/** Files that robots and licences want, not readers. */
const NOT_DOCS = /^(?:robots|humans|llms(?:-full)?|requirements.*|cmakelists)\.txt$/i;

/** The extensions that are read, for messages. */
export const READ_EXTENSIONS = '.md, .markdown, .mdx, .txt, .html or .htm';

/** How a file of this name or path is read; undefined for one that isn't. */
export function kindOf(path: string): FileKind | undefined {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const extension = /[^.]\.([a-z]+)$/i.exec(name)?.[1]?.toLowerCase() ?? '';
  return NOT_DOCS.test(name) ? undefined : KINDS[extension];
}

/** A path or file name without its extension, if it is one of those that are read. */
export function withoutExtension(path: string): string {
  return kindOf(path) === undefined ? path : path.replace(/\.[^./]+$/, '');
}
