import type { Root } from 'mdast';
import { fromMarkdown, type Options } from 'mdast-util-from-markdown';
import { frontmatterFromMarkdown } from 'mdast-util-frontmatter';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { frontmatter } from 'micromark-extension-frontmatter';
import { gfm } from 'micromark-extension-gfm';
import { maskTags } from './template-tags.ts';

/** A parsed text: `text` is what was parsed, as long as the source. A node's place is its offset plus `base`. */
export type Parsed = { readonly root: Root; readonly text: string; readonly base: number };

// The transforms of GFM's autolinks put text nodes without a position in place of those with one.
const gfmNodes = gfmFromMarkdown().map(({ transforms: _, ...extension }) => extension);

const documentOptions: Options = {
  extensions: [gfm(), frontmatter(['yaml', 'toml'])],
  mdastExtensions: [gfmNodes, frontmatterFromMarkdown(['yaml', 'toml'])],
};

// An answer is shown while it grows: a definition that comes late must not change what already stands,
// and HTML is text. Indented code is more often a model's slip than code.
const answerOptions: Options = {
  extensions: [gfm(), { disable: { null: ['definition', 'htmlFlow', 'htmlText', 'codeIndented'] } }],
  mdastExtensions: [gfmNodes],
};

/** A document's Markdown with front matter, its template tags masked. The parser drops a byte order mark; `base` counts it again. */
export function parseDocument(source: string): Parsed {
  const base = source.startsWith('\uFEFF') ? 1 : 0;
  const text = maskTags(source);
  return { root: fromMarkdown(text.slice(base), documentOptions), text, base };
}

/** An answer, or a part of one that begins `base` characters into it. */
export function parseAnswer(text: string, base = 0): Parsed {
  return { root: fromMarkdown(text, answerOptions), text, base };
}
