import type { SearchHit, Source } from '../../server/events.ts';

/** Document title and heading path, each name once. */
export function whereOf(source: Pick<Source | SearchHit, 'title' | 'headings'>): readonly string[] {
  return source.headings[0] === source.title ? source.headings : [source.title, ...source.headings];
}
