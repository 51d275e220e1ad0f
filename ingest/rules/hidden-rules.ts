import type { Range } from '../../knowledge/document.ts';
import type { FileText } from '../file-text.ts';
import { firstFrom } from '../first-from.ts';
import { rangeOf } from '../parse-markdown.ts';
import type { ParsedDocument } from '../parse-sections.ts';
import { lineStarts } from '../places.ts';
import { commentsIn } from './comments.ts';
import type { Rule, Spotted } from './finding.ts';

const OPENING = String.raw`^(?:<!--|\{/\*)?[ \t]{0,3}`;
const HEADING_LINE = new RegExp(`${OPENING}#{1,6}[ \\t]+\\S`, 'm');
const UNDERLINED = new RegExp(
  `${OPENING}\\p{L}[^\\r\\n]{0,100}\\r?\\n[ \\t]{0,3}(?:={3,}|-{3,})[ \\t]*$`,
  'mu',
);
/** HTML that goes on to the end of its document unless it is closed, and its end. */
const OPEN_ENDED: readonly (readonly [start: RegExp, end: RegExp, name: string])[] = [
  [/^<!--/, /-->/, 'a comment'],
  [/^<script\b/i, /<\/script/i, '<script>'],
  [/^<style\b/i, /<\/style/i, '<style>'],
  [/^<pre\b/i, /<\/pre/i, '<pre>'],
  [/^<textarea\b/i, /<\/textarea/i, '<textarea>'],
];

/** A heading inside a comment: neither readers nor the index see what stands below it. */
export const hiddenHeading: Rule = (document, text) => {
  const isCode = codeIn(document, text);
  return [...commentsIn(text.lines)].flatMap((comment): Spotted[] => {
    const written = text.lines.slice(comment.start, comment.end);
    const heading = HEADING_LINE.exec(written) ?? UNDERLINED.exec(written);
    if (!heading || isCode(comment.start)) return [];
    const message = 'a heading in a comment is not shown: take it out of the comment, or remove it';
    const at = comment.start + heading.index;
    return [{ at, inFile: true, rule: 'hidden-heading', severity: 'warning', message }];
  });
};

/** HTML that isn't closed: all below it is taken for a part of it. */
export const unclosedHtml: Rule = ({ parsed: { nodes } }) => {
  const spotted: Spotted[] = [];
  for (const node of nodes) {
    if (node.type !== 'html') continue;
    const kind = OPEN_ENDED.find(([start]) => start.test(node.value));
    if (!kind || kind[1].test(node.value)) continue;
    const message = `${kind[2]} is opened here and never closed: headings and text below it are not read as such`;
    spotted.push({ at: rangeOf(node).start, rule: 'unclosed-html', severity: 'error', message });
  }
  return spotted;
};

/** Whether an offset of the file stands in code; of MDX, whose offsets are others, whether its line does. */
function codeIn({ parsed: { nodes } }: ParsedDocument, { source, lines }: FileText): (at: number) => boolean {
  const starts = source === lines ? undefined : lineStarts(lines, /\n/g);
  const code: Range[] = [];
  for (const node of nodes) {
    if (node.type !== 'code' && node.type !== 'inlineCode') continue;
    const { start, end } = node.position ?? {};
    if (!starts) code.push(rangeOf(node));
    else if (start && end) {
      code.push({ start: starts[start.line - 1] ?? 0, end: starts[end.line] ?? lines.length });
    }
  }
  return (at) => {
    const before = code[firstFrom(code, at + 1, ({ start }) => start) - 1];
    return before !== undefined && at < before.end;
  };
}
