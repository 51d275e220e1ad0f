import type { Range } from '../../knowledge/document.ts';

const OPENINGS = /<!--|\{\/\*|\{%-?\s{0,20}comment\s{0,20}-?%\}/g;
const LIQUID_END = /\{%-?\s{0,20}endcomment\s{0,20}-?%\}/g;

/** The comments of Markdown, MDX and Liquid in a text, in order; one that isn't closed is none. */
export function* commentsIn(text: string): Generator<Range> {
  const unclosed = new Set<string>();
  let end = 0;
  for (const { 0: opening, index } of text.matchAll(OPENINGS)) {
    if (index < end || unclosed.has(opening)) continue;
    const close = endOf(text, opening, index + opening.length);
    // Looked for once: a text full of openings takes no longer.
    if (close === undefined) unclosed.add(opening);
    else {
      end = close;
      yield { start: index, end };
    }
  }
}

function endOf(text: string, opening: string, from: number): number | undefined {
  if (opening.startsWith('{%')) {
    LIQUID_END.lastIndex = from;
    return LIQUID_END.exec(text) ? LIQUID_END.lastIndex : undefined;
  }
  const close = opening === '<!--' ? '-->' : '*/';
  const at = text.indexOf(close, from);
  if (at < 0) return undefined;
  const brace =
    opening === '<!--' ? '' : (/^\s{0,20}\}/.exec(text.slice(at + close.length, at + 30))?.[0] ?? '');
  return at + close.length + brace.length;
}
