import type { Passage } from '../../knowledge/quoted/passage.ts';
import type { Source } from '../events.ts';
import { pageAddress } from './quote-markdown.ts';

/** Characters of an excerpt. */
const EXCERPT = 400;

/** A section as the reader is shown it, under its number. */
export function sourceOf(passage: Passage, n: number, excerpt = openingOf(passage)): Source {
  return sectionSource(passage, n, excerpt);
}

/** A section of which only the excerpt was read. */
export function sectionSource(
  {
    path,
    anchor,
    headings,
    title,
    hash,
    changedAt,
  }: Omit<Passage, 'section' | 'score' | 'chunks' | 'blocks'>,
  n: number,
  excerpt: string,
): Source {
  return {
    n,
    path,
    anchor,
    headings,
    title,
    url: pageOf(path, anchor),
    excerpt: shorten(excerpt),
    hash,
    changedAt,
  };
}

/** `/docs/PATH#ANCHOR`, encoded. */
function pageOf(path: string, anchor: string): string {
  const page = pageAddress(`/${path.split('/').map(encodeURIComponent).join('/')}`, path) ?? '/docs/';
  return anchor === '' ? page : `${page}#${encodeURIComponent(anchor)}`;
}

function openingOf(passage: Passage): string {
  return passage.blocks.flatMap((block) => block.units.map((unit) => unit.text)).join(' ');
}

function shorten(text: string): string {
  return text.length <= EXCERPT ? text : `${text.slice(0, EXCERPT - 1).replace(/\s\S*$/, '')}…`;
}
