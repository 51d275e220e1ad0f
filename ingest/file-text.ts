import { kindOf } from '../knowledge/file-kinds.ts';
import { guardDepth } from './guard-depth.ts';
import { htmlToMarkdown } from './html-to-markdown.ts';
import { mdxToMarkdown } from './mdx-to-markdown.ts';
import { parseMarkdown, rangeOf } from './parse-markdown.ts';
import { lineAt, lineStarts } from './places.ts';

/** A file as it is cut, cited and shown. */
export type FileText = {
  /** The file itself; of MDX its Markdown, line by line; of HTML the Markdown made from it. */
  readonly source: string;
  /** The file itself. */
  readonly lines: string;
  /** The place in `lines` of an offset in `source`; of HTML, where its block begins. */
  lineOffset(offset: number): number;
  /** Links that stand only in `lines`, with their offsets there. */
  readonly links?: readonly { readonly url: string; readonly at: number }[];
};

/**
 * What is read of a file. Throws a `FileFault` for MDX that isn't any, and HTML nested too
 * deeply.
 */
export function fileText(path: string, written: string): FileText {
  switch (kindOf(path)) {
    case 'mdx':
      return guardDepth(() => mdxText(written));
    case 'html':
      return guardDepth(() => pageText(written));
    default:
      return asItIs(written);
  }
}

function asItIs(source: string): FileText {
  return { source, lines: source, lineOffset: (offset) => offset };
}

function mdxText(lines: string): FileText {
  const { source, links } = mdxToMarkdown(lines);
  let starts: { readonly source: readonly number[]; readonly lines: readonly number[] } | undefined;
  return {
    source,
    lines,
    links,
    lineOffset(offset) {
      starts ??= { source: lineStarts(source, /\n/g), lines: lineStarts(lines, /\n/g) };
      const line = lineAt(starts.source, offset);
      const start = starts.lines[line] ?? 0;
      const written = lines.slice(start, starts.lines[line + 1]);
      return start + Math.max(columnIn(written, source.slice(offset, starts.source[line + 1])), 0);
    },
  };
}

/** Where a line of MDX has the text that is left of its end; code may stand before and within it. */
function columnIn(written: string, rest: string): number {
  const text = rest.trimEnd();
  for (let length = Math.min(text.length, 30); length > 0; length -= 1) {
    const at = written.lastIndexOf(text.slice(0, length));
    if (at >= 0) return at;
  }
  return written.search(/\S/);
}

function pageText(html: string): FileText {
  const { source, starts } = htmlToMarkdown(html);
  let blocks: readonly number[] | undefined;
  return {
    source,
    lines: html,
    lineOffset(offset) {
      blocks ??= blockStarts(source);
      // Written and read again, blocks are the same in all but the oddest pages.
      const block = blocks.length === starts.length ? lineAt(blocks, offset) : -1;
      return starts[block] ?? 0;
    },
  };
}

function blockStarts(source: string): number[] {
  const { children } = parseMarkdown(source).tree;
  return children.flatMap((node) => (node.type === 'yaml' ? [] : [rangeOf(node).start]));
}
