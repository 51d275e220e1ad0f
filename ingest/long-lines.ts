import type { Range } from '../knowledge/document.ts';

/** No prose has lines of so many characters; reading one as Markdown takes the square of its length. */
const LONGEST_LINE = 20_000;
const LONG_LINE = new RegExp(`[^\\r]{${LONGEST_LINE},}`, 'g');
const HTML_LINE = /^ {0,3}<[a-z!?/]/i;
const BLOCK_MARKS = /^(?:[ \t>\uFEFF]|[-*+][ \t]|\d{1,9}[.)][ \t]|#{1,6}[ \t])*/;

/** The texts of lines that no one wrote by hand, behind the marks of their blocks; lines of HTML are read well. */
export function longTexts(source: string): Range[] {
  if (source.length < LONGEST_LINE) return [];
  return [...longLines(source)].flatMap(({ start: lineStart, end }) => {
    const line = source.slice(lineStart, end);
    const start = lineStart + (BLOCK_MARKS.exec(line)?.[0].length ?? 0);
    return HTML_LINE.test(line) || end - start < LONGEST_LINE / 2 ? [] : [{ start, end }];
  });
}

/** Line feeds are looked for first, which takes no time; few stretches between them are long. */
function* longLines(source: string): Generator<Range> {
  for (let at = 0; at < source.length; ) {
    const found = source.indexOf('\n', at);
    const end = found < 0 ? source.length : found;
    if (end - at >= LONGEST_LINE) {
      for (const { 0: line, index } of source.slice(at, end).matchAll(LONG_LINE))
        yield { start: at + index, end: at + index + line.length };
    }
    at = end + 1;
  }
}
