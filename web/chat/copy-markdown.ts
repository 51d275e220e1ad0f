import type { Citation } from '../../server/events.ts';
import { type Edit, inertEdits, plainMarkdown, withEdits } from '../markdown/inert-markdown.ts';
import { quoteDigest } from '../source/quote-digest.ts';
import { texts } from '../texts.ts';
import { answerLink } from './answer-link.ts';
import { type Answer, type Cited, citedAt } from './answer-state.ts';
import { whereOf } from './where-of.ts';

/**
 * The address that opens a source at the words cited, and tells them from others that may stand there by then.
 * `url` begins with a slash.
 */
export function sourceUrl(url: string, cited?: Pick<Citation, 'start' | 'end' | 'quote'>): string {
  if (!cited) return url;
  const [page = '', anchor] = url.split('#');
  return `${page}?q=${cited.start}-${cited.end}&w=${quoteDigest(cited.quote)}${anchor ? `#${anchor}` : ''}`;
}

/**
 * An answer as Markdown that stands alone and does nothing elsewhere that it doesn't here: each `[n]` links to its words, what the docs say otherwise and the
 * sources follow as lists.
 */
export function answerMarkdown(
  answer: Pick<Answer, 'text' | 'sources' | 'claims' | 'disagreements'>,
  origin: string,
): string {
  const used = new Set<number>();
  const markers = [...answer.text.matchAll(/\[(\d{1,3})\]/g)].flatMap(
    ({ 0: marker, 1: n, index }): Edit[] => {
      const cited = citedAt(answer, Number(n), index);
      if (!cited) return [];
      used.add(cited.source.n);
      return [{ start: index, end: index + marker.length, text: markerOf(cited, origin) }];
    },
  );
  const inert = inertEdits(answer.text, (url, offset) => {
    const link = answerLink(answer.claims, url, offset);
    return link && (link.external ? link.href : origin + link.href);
  });
  const text = withEdits(answer.text, [...inert, ...markers]);
  const otherwise = (answer.disagreements ?? []).map(({ sides }) => {
    const lines = sides.flatMap((side) => {
      const source = answer.sources.find(({ n }) => n === side.n);
      if (!source) return [];
      used.add(side.n);
      const marker = markerOf({ source, citation: side }, origin);
      return `- ${texts.cite.changed(side.changedAt.slice(0, 10))}: “${plainMarkdown(side.quote)}” ${marker}`;
    });
    return `\n\n**${texts.disagree.title}:**\n\n${lines.join('\n')}`;
  });
  const said = `${text.trimEnd()}${otherwise.join('')}`;
  const list = answer.sources
    .filter((source) => used.has(source.n))
    .map((source) => `${source.n}. [${plainMarkdown(whereOf(source).join(' › '))}](${origin}${source.url})`);
  return list.length > 0 ? `${said}\n\n${list.join('\n')}\n` : `${said}\n`;
}

function markerOf({ source, citation }: Cited, origin: string): string {
  return `[\\[${source.n}\\]](${origin}${sourceUrl(source.url, citation)})`;
}
