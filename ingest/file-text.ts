import { kindOf } from '../knowledge/file-kinds.ts';
import { guardDepth } from './guard-depth.ts';
import { htmlToMarkdown } from './html-to-markdown.ts';
import { mdxToMarkdown } from './mdx-to-markdown.ts';
import { parseMarkdown, rangeOf } from './parse-markdown.ts';

/** A file as it is cut, cited and shown. */
export type FileText = {
  /** The file itself; of MDX its Markdown, line by line; of HTML the Markdown made from it. */
  readonly source: string;
  /** A text whose lines are the file's. */
  readonly lines: string;
  /** The place in `lines` of an offset in `source`; of HTML, where its block begins. */
  lineOffset(offset: number): number;
};

/**
 * What is read of a file. Throws `DocentError` `file_unreadable` for MDX that isn't any, and HTML nested too
 * deeply.
 */
export function fileText(path: string, written: string): FileText {
  switch (kindOf(path)) {
    case 'mdx':
      return asItIs(guardDepth(() => mdxToMarkdown(written)));
    case 'html':
      return guardDepth(() => pageText(written));
    default:
      return asItIs(written);
  }
}

function asItIs(source: string): FileText {
  return { source, lines: source, lineOffset: (offset) => offset };
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
      const block = blocks.length === starts.length ? blocks.findLastIndex((start) => start <= offset) : -1;
      return starts[block] ?? 0;
    },
  };
}

function blockStarts(source: string): number[] {
  const { children } = parseMarkdown(source).tree;
  return children.flatMap((node) => (node.type === 'yaml' ? [] : [rangeOf(node).start]));
}
