import type { Heading, Paragraph, PhrasingContent, Root } from 'mdast';
import type { DocumentPage } from '../../server/events.ts';
import type { Parsed } from './parse.ts';

/** Whether a document is plain text, in which no sign is markup. */
export function isPlainText(path: string): boolean {
  return /\.txt$/i.test(path);
}

/** A plain text as a tree: the headings that its sections have, paragraphs, and each line as it was ended. */
export function parseText({ source, sections }: Pick<DocumentPage, 'source' | 'sections'>): Parsed {
  const root: Root = { type: 'root', children: [] };
  for (const { level, start, end } of sections) {
    let at = start;
    if (level > 0) {
      const [underlined = '', name = ''] =
        /^([^\r\n]*)(?:\r\n?|\n)?[^\r\n]*/.exec(source.slice(start, end)) ?? [];
      root.children.push(headingOf(level, name, start));
      at += underlined.length;
    }
    for (const { 0: text, index } of source.slice(at, end).matchAll(PARAGRAPH)) {
      root.children.push(paragraphOf(text, at + index));
    }
  }
  return { root, text: source, base: 0 };
}

const PARAGRAPH = /[^\r\n]*[^\s][^\r\n]*(?:(?:\r\n?|\n)[^\r\n]*[^\s][^\r\n]*)*/g;

function headingOf(level: number, text: string, start: number): Heading {
  const depth = level === 1 ? 1 : 2;
  const children: PhrasingContent[] = [textOf(text, start)];
  return { type: 'heading', depth, children, position: positionOf(start, start + text.length) };
}

function paragraphOf(text: string, start: number): Paragraph {
  const children: PhrasingContent[] = [];
  for (const { 0: line, index } of text.matchAll(/[^\r\n]+/g)) {
    if (children.length > 0) children.push({ type: 'break' });
    children.push(textOf(line, start + index));
  }
  return { type: 'paragraph', children, position: positionOf(start, start + text.length) };
}

function textOf(value: string, start: number): PhrasingContent {
  return { type: 'text', value, position: positionOf(start, start + value.length) };
}

/** Only offsets are asked for here. */
function positionOf(start: number, end: number): NonNullable<Root['position']> {
  return { start: { line: 1, column: 1, offset: start }, end: { line: 1, column: 1, offset: end } };
}
