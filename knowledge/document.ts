import type { Audience } from './audience.ts';

/**
 * The vocabulary of the knowledge base. Text is never copied without its place: every section,
 * chunk, block and sentence is a range of the document's source.
 */

/** Half-open range of UTF-16 offsets: `source.slice(start, end)` is its text. */
export type Range = { readonly start: number; readonly end: number };

/**
 * A file of the docs. `source` is a Markdown or text file decoded as UTF-8 with a byte order mark kept, so offsets
 * hold for what `readFileSync(path, 'utf8')` gives; of MDX it is the Markdown, with each line in its place, of HTML
 * the Markdown made from it. `path` is relative to the docs folder, with forward slashes and its extension.
 */
export type Document = {
  readonly path: string;
  /** Front matter `title` (of HTML its `<title>`), else the first h1, else the file name. */
  readonly title: string;
  readonly source: string;
  /** SHA-256 of the file, hex. */
  readonly hash: string;
  /** ISO 8601 time of the last change (git, else the file's own). */
  readonly changedAt: string;
  /** Front matter `audience`. */
  readonly audience: Audience;
  /** In document order; together they cover the source. */
  readonly sections: readonly Section[];
};

/** A heading and the text under it up to the next heading of any level. */
export type Section = Range & {
  /** Position in the document, from 0. */
  readonly index: number;
  /** GitHub slug of the heading (or its explicit id); "" for text above the first heading. */
  readonly anchor: string;
  /** Heading path, outermost first, this section's own heading last; empty above the first heading. */
  readonly headings: readonly string[];
  /** 1 to 6; 0 above the first heading. */
  readonly level: number;
  /** SHA-256 of the section's text, hex. */
  readonly hash: string;
  readonly changedAt: string;
};

export type BlockKind = 'paragraph' | 'list' | 'table' | 'code' | 'quote' | 'html';

/** A top-level block of a section. One too large for a chunk is a block of each chunk it spans. */
export type Block = Range & {
  readonly kind: BlockKind;
  /** For a list: numbered or not. */
  readonly ordered?: boolean;
  /** The first part of this block is in the chunk before. */
  readonly continued?: boolean;
};

/** Smallest unit that can be cited: a sentence, a list item's own text, a table row, a code block. */
export type Sentence = Range & {
  readonly kind: 'sentence' | 'item' | 'header' | 'row' | 'code';
  /** Index into the chunk's blocks. */
  readonly block: number;
  /** Plain text, without Markdown's marks, addresses and line breaks. Never empty. */
  readonly text: string;
};

/** What is embedded and searched: whole blocks of one section, at most 256 model tokens of source. */
export type Chunk = Range & {
  readonly path: string;
  readonly title: string;
  /** Index of its section in the document. */
  readonly section: number;
  readonly sectionHash: string;
  readonly anchor: string;
  readonly headings: readonly string[];
  /** `source.slice(start, end)`. */
  readonly text: string;
  readonly blocks: readonly Block[];
  /** At least one, in document order. */
  readonly sentences: readonly Sentence[];
  readonly changedAt: string;
  /** Its document's. */
  readonly audience: Audience;
};

/** A document cut up, ready to be compared with the index. */
export type CutDocument = { readonly document: Document; readonly chunks: readonly Chunk[] };

/** Title and heading path as one line, each name once: what is embedded in front of a chunk. */
export function contextOf(chunk: Pick<Chunk, 'title' | 'headings'>): string {
  const names = chunk.headings[0] === chunk.title ? chunk.headings : [chunk.title, ...chunk.headings];
  return names.join(' > ');
}
