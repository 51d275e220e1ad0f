import type { Citation } from '../../server/events.ts';
import { quoteDigest } from '../source/quote-digest.ts';
import { texts } from '../texts.ts';
import { type Answer, type Cited, citedAt } from './answer-state.ts';
import { whereOf } from './where-of.ts';

function encodeLabel(text: string): string {
  return text.replace(/[\\[\]]/g, '\\$&');
}

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
 * An answer as Markdown that stands alone: each `[n]` links to its words, what the docs say otherwise and the
 * sources follow as lists.
 */
export function answerMarkdown(
  answer: Pick<Answer, 'text' | 'sources' | 'claims' | 'disagreements'>,
  origin: string,
): string {
  const used = new Set<number>();
  const text = answer.text.replace(/\[(\d{1,3})\]/g, (marker, digits: string, offset: number) => {
    const cited = citedAt(answer, Number(digits), offset);
    if (!cited) return marker;
    used.add(cited.source.n);
    return markerOf(cited, origin);
  });
  const otherwise = (answer.disagreements ?? []).map(({ sides }) => {
    const lines = sides.flatMap((side) => {
      const source = answer.sources.find(({ n }) => n === side.n);
      if (!source) return [];
      used.add(side.n);
      const marker = markerOf({ source, citation: side }, origin);
      return `- ${texts.cite.changed(side.changedAt.slice(0, 10))}: “${encodeText(side.quote)}” ${marker}`;
    });
    return `\n\n**${texts.disagree.title}:**\n\n${lines.join('\n')}`;
  });
  const said = `${text.trimEnd()}${otherwise.join('')}`;
  const list = answer.sources
    .filter((source) => used.has(source.n))
    .map((source) => `${source.n}. [${encodeLabel(whereOf(source).join(' › '))}](${origin}${source.url})`);
  return list.length > 0 ? `${said}\n\n${list.join('\n')}\n` : `${said}\n`;
}

function markerOf({ source, citation }: Cited, origin: string): string {
  return `[\\[${source.n}\\]](${origin}${sourceUrl(source.url, citation)})`;
}

/** Plain text, so that nothing in it reads as Markdown. */
function encodeText(text: string): string {
  return text.replace(/[\\`*_[\]<>|~]/g, '\\$&').replace(/\s+/g, ' ');
}
