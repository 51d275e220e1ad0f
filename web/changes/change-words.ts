import { encodePath } from '../api/get-json.ts';
import { sourceUrl } from '../chat/copy-markdown.ts';
import { texts } from '../texts.ts';
import type { SectionChange } from './section-change.ts';

type Present = Exclude<SectionChange, { readonly status: 'gone' }>;

/** Heading path of where a section is now, its file when it has none. */
export function whereNow({ headings, path }: Present): string {
  return headings.length > 0 ? headings.join(' › ') : path;
}

/** The page that opens a section where it is now, at a range of the file when one is given. */
export function urlNow(
  { path, anchor }: Present,
  range?: { readonly start: number; readonly end: number },
): string {
  return sourceUrl(`/docs/${encodePath(path)}${anchor ? `#${encodeURIComponent(anchor)}` : ''}`, range);
}

/** What has become of a section, in one line. */
export function changeLine(change: SectionChange): string {
  return change.status === 'moved' ? texts.changes.moved(whereNow(change)) : texts.changes[change.status];
}
