import { type Answer, citedAt } from './answer-state.ts';
import { whereOf } from './where-of.ts';

function encodeLabel(text: string): string {
  return text.replace(/[\\[\]]/g, '\\$&');
}

/** The address that opens a source at the words cited. `url` begins with a slash. */
export function sourceUrl(url: string, range?: { readonly start: number; readonly end: number }): string {
  if (!range) return url;
  const [page = '', anchor] = url.split('#');
  return `${page}?q=${range.start}-${range.end}${anchor ? `#${anchor}` : ''}`;
}

/** An answer as Markdown that stands alone: each `[n]` links to its words, the sources follow as a list. */
export function answerMarkdown(answer: Pick<Answer, 'text' | 'sources' | 'claims'>, origin: string): string {
  const used = new Set<number>();
  const text = answer.text.replace(/\[(\d{1,3})\]/g, (marker, digits: string, offset: number) => {
    const cited = citedAt(answer, Number(digits), offset);
    if (!cited) return marker;
    used.add(cited.source.n);
    return `[\\[${digits}\\]](${origin}${sourceUrl(cited.source.url, cited.citation)})`;
  });
  const list = answer.sources
    .filter((source) => used.has(source.n))
    .map((source) => `${source.n}. [${encodeLabel(whereOf(source).join(' › '))}](${origin}${source.url})`);
  return list.length > 0 ? `${text.trimEnd()}\n\n${list.join('\n')}\n` : `${text.trimEnd()}\n`;
}
