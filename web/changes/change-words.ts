import type { Citation } from '../../server/events.ts';
import { encodePath } from '../api/get-json.ts';
import { sourceUrl } from '../chat/copy-markdown.ts';
import { texts } from '../texts.ts';
import type { SectionChange } from './section-change.ts';

type Present = Exclude<SectionChange, { readonly status: 'gone' }>;

/** Heading path of where a section is now, its file when it has none. */
export function whereNow({ headings, path }: Present): string {
  return headings.length > 0 ? headings.join(' › ') : path;
}

/** The page that opens a section where it is now, at the words of a quote when one is given. */
export function urlNow({ path, anchor }: Present, cited?: Pick<Citation, 'start' | 'end' | 'quote'>): string {
  return sourceUrl(`/docs/${encodePath(path)}${anchor ? `#${encodeURIComponent(anchor)}` : ''}`, cited);
}

/** What has become of a section, in one line. */
export function changeLine(change: SectionChange): string {
  return change.status === 'moved' ? texts.changes.moved(whereNow(change)) : texts.changes[change.status];
}
