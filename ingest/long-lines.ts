import type { Range } from '../knowledge/document.ts';

/** No prose has lines of so many characters; reading one as Markdown takes the square of its length. */
const LONGEST_LINE = 20_000;
const LONG_LINE = new RegExp(`[^\\r\\n]{${LONGEST_LINE},}`, 'g');
const HTML_LINE = /^ {0,3}<[a-z!?/]/i;
const BLOCK_MARKS = /^(?:[ \t>\uFEFF]|[-*+][ \t]|\d{1,9}[.)][ \t]|#{1,6}[ \t])*/;

/** The texts of lines that no one wrote by hand, behind the marks of their blocks; lines of HTML are read well. */
export function longTexts(source: string): Range[] {
  if (source.length < LONGEST_LINE) return [];
  return [...source.matchAll(LONG_LINE)].flatMap(({ 0: line, index }) => {
    const start = index + (BLOCK_MARKS.exec(line)?.[0].length ?? 0);
    const end = index + line.length;
    return HTML_LINE.test(line) || end - start < LONGEST_LINE / 2 ? [] : [{ start, end }];
  });
}
