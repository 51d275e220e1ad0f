import type { Heading, Paragraph, PhrasingContent, Root, RootContent } from 'mdast';
import type { Position } from 'unist';
import { nodesIn, type ParsedMarkdown } from './parse-markdown.ts';

type Line = { readonly start: number; readonly end: number; readonly text: string };

const UNDERLINE = /^(?:={3,}|-{3,})\s*$/;
/** A list's entry, or a line set in columns: a reader sees it as a line of its own. */
const OWN_LINE = /^\s*(?:[-*+•–]|\d{1,3}[.)]|[a-z]\))\s|\S(?: {3,}|\t+)\S/;

/**
 * Plain text as a tree: paragraphs between empty lines, and headings where a single line is underlined with
 * `===` (level 1) or `---` (level 2). No sign in it means anything else. Never throws; offsets are the source's.
 */
export function parseText(source: string): ParsedMarkdown {
  const children: RootContent[] = [];
  let group: Line[] = [];
  const close = () => {
    const [title, underline, ...rest] = group;
    if (title && underline && UNDERLINE.test(underline.text) && /[\p{L}\p{N}]/u.test(title.text)) {
      children.push(headingOf(title, underline));
      group = rest;
    }
    if (group.length > 0) children.push(paragraphOf(source, group));
    group = [];
  };
  for (const line of linesOf(source)) {
    if (line.text.trim() === '') close();
    else group.push(line);
  }
  close();
  const same = (text: string) => text;
  const tree: Root = { type: 'root', children };
  return {
    source,
    tree,
    nodes: nodesIn(tree),
    masked: { text: source, unmask: same, show: same, lengthAt: () => 0 },
    literal: true,
  };
}

function headingOf(title: Line, underline: Line): Heading {
  const depth = underline.text.startsWith('=') ? 1 : 2;
  const position = positionOf(title.start, underline.end);
  return { type: 'heading', depth, position, children: [textOf(title.text, title.start)] };
}

/** Lines that belong together are one text; the others are parted by breaks. */
function paragraphOf(source: string, lines: readonly Line[]): Paragraph {
  const groups: { start: number; end: number; own: boolean }[] = [];
  for (const { start, end, text } of lines) {
    const own = OWN_LINE.test(text);
    const last = groups.at(-1);
    if (last && !own) last.end = end;
    else groups.push({ start, end, own });
  }
  const children = groups.flatMap(({ start, end }, index): PhrasingContent[] => {
    const text = textOf(source.slice(start, end), start);
    return index === 0 ? [text] : [{ type: 'break', position: positionOf(start, start) }, text];
  });
  return { type: 'paragraph', position: positionOf(lines[0]?.start ?? 0, lines.at(-1)?.end ?? 0), children };
}

function textOf(value: string, start: number): PhrasingContent {
  return { type: 'text', value, position: positionOf(start, start + value.length) };
}

/** Only offsets are asked for here. */
function positionOf(start: number, end: number): Position {
  return { start: { line: 1, column: 1, offset: start }, end: { line: 1, column: 1, offset: end } };
}

/** A byte order mark belongs to no line. */
function* linesOf(source: string): Generator<Line> {
  for (const { 0: text, index } of source.matchAll(/[^\r\n]+|\r\n?|\n/g)) {
    const mark = index === 0 && text.startsWith('\uFEFF') ? 1 : 0;
    const isEnd = /^[\r\n]/.test(text);
    if (!isEnd) yield { start: index + mark, end: index + text.length, text: text.slice(mark) };
    else if (/^[\r\n]/.test(source[index - 1] ?? '\n')) yield { start: index, end: index, text: '' };
  }
}
