import { visit } from 'unist-util-visit';
import { parseMarkdown, rangeOf } from '../../ingest/parse-markdown.ts';
import type { Range } from '../../knowledge/document.ts';

/**
 * Words of the source that a reader sees (text, code, image descriptions; headings of sections apart) and
 * that stand in none of the ranges.
 */
export function proseOutside(source: string, ranges: readonly Range[]): string[] {
  const { tree, masked } = parseMarkdown(source);
  const outside: string[] = [];
  visit(tree, (node, _index, parent) => {
    if (node.type === 'heading' && parent?.type === 'root') return 'skip';
    const seen =
      node.type === 'text' || node.type === 'inlineCode' || node.type === 'code' || node.type === 'image';
    if (!seen || ('value' in node && !/[\p{L}\p{N}]/u.test(node.value))) return undefined;
    if (node.type === 'image' && !/[\p{L}\p{N}]/u.test(node.alt ?? '')) return undefined;
    const place = rangeOf(node);
    const info = node.type === 'code' && node.lang ? source.slice(place.start).search(/[\r\n]/) : 0;
    for (const gap of gapsIn({ ...place, start: place.start + Math.max(info, 0) }, ranges)) {
      const text = masked.text.slice(gap.start, gap.end);
      if (/[\p{L}\p{N}]/u.test(text)) outside.push(text);
    }
    return undefined;
  });
  return outside;
}

function gapsIn(whole: Range, ranges: readonly Range[]): Range[] {
  const gaps: Range[] = [];
  let at = whole.start;
  for (const { start, end } of ranges) {
    if (end <= at || start >= whole.end) continue;
    if (start > at) gaps.push({ start: at, end: start });
    at = Math.max(at, end);
  }
  if (at < whole.end) gaps.push({ start: at, end: whole.end });
  return gaps;
}
