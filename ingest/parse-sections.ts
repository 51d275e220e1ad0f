import GithubSlugger from 'github-slugger';
import type { Heading, Nodes, RootContent } from 'mdast';
import type { Range } from '../knowledge/document.ts';
import { kindOf, withoutExtension } from '../knowledge/file-kinds.ts';
import { type FrontMatter, readFrontMatter } from './front-matter.ts';
import { textOf } from './main-content.ts';
import { type ParsedMarkdown, parseMarkdown, rangeOf } from './parse-markdown.ts';
import { parseText } from './parse-text.ts';
import { plainText } from './plain-text.ts';
import { rawElements } from './raw-html.ts';

/** A section as parsed: `nodes` are its top-level blocks, its heading first. */
export type ParsedSection = Range & {
  readonly anchor: string;
  readonly headings: readonly string[];
  readonly level: number;
  /** The id written for its heading; the anchor is another one when it is taken. */
  readonly id?: string;
  readonly nodes: readonly RootContent[];
};

export type ParsedDocument = {
  readonly parsed: ParsedMarkdown;
  readonly frontMatter: FrontMatter;
  readonly title: string;
  /** In order, from the first to the last character of the source. */
  readonly sections: readonly ParsedSection[];
  /** Anchors of headings that start no section: in quotes, lists and HTML. GitHub numbers all together. */
  readonly innerAnchors: readonly string[];
};

const EXPLICIT_ID = /\s*\{:?\s*#+([^\s{}]+)[^{}]*\}\s*$/;
const HTML_ANCHOR = /<a\s[^>]*?\b(?:name|id)\s*=\s*["']?([^"'\s>]+)/i;

/** An id is looked for in so many characters: in a heading of megabytes it would take minutes. */
const LONGEST_TAG = 1000;

/** Slug of a heading without a letter or digit to make one of. */
const NAMELESS = 'section';

/** Title and sections of a document. A heading in a quote, list or comment starts no section. */
export function parseSections(path: string, source: string): ParsedDocument {
  const parsed = kindOf(path) === 'text' ? parseText(source) : parseMarkdown(source);
  const nodes = parsed.tree.children;
  const frontMatter = readFrontMatter(nodes[0], source, parsed.masked.unmask);
  const anchors = makeAnchors();
  const sections: ParsedSection[] = [];
  const outline: { level: number; name: string }[] = [];
  const innerAnchors: string[] = [];
  const countInner = (from: number, to: number | undefined) => {
    for (const node of nodes.slice(from, to)) {
      for (const name of innerHeadings(node, parsed)) innerAnchors.push(anchors.inner(name));
    }
  };
  const starts = nodes.flatMap((node, index) => (node.type === 'heading' ? [index] : []));
  countInner(0, starts[0]);
  const firstStart = headingStart(nodes[starts[0] ?? -1]) ?? source.length;
  if (firstStart > 0) {
    const above = nodes.slice(0, starts[0] ?? nodes.length);
    sections.push({ start: 0, end: firstStart, anchor: '', headings: [], level: 0, nodes: above });
  }
  for (const [position, index] of starts.entries()) {
    const heading = nodes[index];
    if (heading?.type !== 'heading') continue;
    const next = starts[position + 1];
    const { name, id } = headingName(heading, nodes[index - 1], parsed);
    while ((outline.at(-1)?.level ?? 0) >= heading.depth) outline.pop();
    outline.push({ level: heading.depth, name });
    sections.push({
      start: rangeOf(heading).start,
      end: headingStart(nodes[next ?? -1]) ?? source.length,
      anchor: anchors.own(name, id),
      headings: outline.map((entry) => entry.name),
      level: heading.depth,
      ...(id === undefined ? {} : { id }),
      nodes: nodes.slice(index, next),
    });
    countInner(index + 1, next);
  }
  const firstH1 = sections.find((section) => section.level === 1)?.headings.at(-1);
  return {
    parsed,
    frontMatter,
    title: frontMatter.title || firstH1 || titleOf(path),
    sections,
    innerAnchors,
  };
}

function headingStart(node: RootContent | undefined): number | undefined {
  return node?.type === 'heading' ? rangeOf(node).start : undefined;
}

/** A heading's text, and the id written in it or in an anchor element directly above it. */
function headingName(heading: Heading, above: RootContent | undefined, parsed: ParsedMarkdown) {
  const range = rangeOf(heading);
  const written = parsed.source.slice(range.start, range.end);
  const text = plainText(heading.children, parsed).text.trim();
  const id =
    EXPLICIT_ID.exec(written.slice(-LONGEST_TAG).replace(/[\s#=-]+$/, ''))?.[1] ??
    HTML_ANCHOR.exec(written.slice(0, LONGEST_TAG))?.[1] ??
    anchorIn(above, parsed);
  const end = text.slice(-LONGEST_TAG);
  return { name: text.slice(0, -LONGEST_TAG) + end.replace(EXPLICIT_ID, ''), id };
}

/** The id of a block that is nothing but an anchor element. */
function anchorIn(node: RootContent | undefined, parsed: ParsedMarkdown): string | undefined {
  if (node?.type !== 'html' && node?.type !== 'paragraph') return undefined;
  const { start, end } = rangeOf(node);
  if (end - start > LONGEST_TAG) return undefined;
  const written = parsed.source.slice(start, end);
  const bare = written.replace(/<\/?a\b[^>]*>/gi, '').trim() === '';
  return bare ? HTML_ANCHOR.exec(written)?.[1] : undefined;
}

/** Names of the headings inside a block. */
function innerHeadings(node: Nodes, parsed: ParsedMarkdown): string[] {
  if (node.type === 'paragraph' || node.type === 'table') return [];
  if (node.type === 'heading') return [plainText(node.children, parsed).text.trim()];
  if (node.type === 'html' && /<h[1-6]\b/i.test(node.value)) {
    const headings = rawElements(node).filter(({ element }) => /^h[1-6]$/.test(element.tagName));
    return headings.map(({ element }) => textOf(element));
  }
  return 'children' in node ? node.children.flatMap((child) => innerHeadings(child, parsed)) : [];
}

/** GitHub's anchors, each used once; an explicit id is taken as it is. */
function makeAnchors() {
  const slugger = new GithubSlugger();
  const used = new Set<string>();
  return {
    own(name: string, id: string | undefined): string {
      let anchor = id ?? slugger.slug(name);
      if (/^(?:-\d+)?$/.test(anchor)) anchor = slugger.slug(NAMELESS);
      while (used.has(anchor)) anchor = slugger.slug(id ?? (name || NAMELESS));
      used.add(anchor);
      return anchor;
    },
    /** Of a heading that starts no section: it only has its number. */
    inner: (name: string) => slugger.slug(name),
  };
}

function titleOf(path: string): string {
  const name = withoutExtension(path.slice(path.lastIndexOf('/') + 1));
  return name.replace(/[-_]+/g, ' ').trim() || name;
}
