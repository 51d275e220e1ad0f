import type { Document } from '../knowledge/document.ts';
import { kindOf } from '../knowledge/file-kinds.ts';

/** Line of an offset in its file, from 1. Lines of Markdown made from HTML are not the file's: it gives 1. */
export function lineIn({ path, source }: Pick<Document, 'path' | 'source'>, offset: number): number {
  if (kindOf(path) === 'html') return 1;
  let line = 1;
  for (let at = source.indexOf('\n'); at >= 0 && at < offset; at = source.indexOf('\n', at + 1)) line++;
  return line;
}
