import GithubSlugger from 'github-slugger';
import type { Heading, RootContent } from 'mdast';
import type { Range } from '../knowledge/document.ts';
import { kindOf, withoutExtension } from '../knowledge/file-kinds.ts';
import { type FrontMatter, readFrontMatter } from './front-matter.ts';
import { type ParsedMarkdown, parseMarkdown, rangeOf } from './parse-markdown.ts';
import { parseText } from './parse-text.ts';
import { plainText } from './plain-text.ts';

/** A section as parsed: `nodes` are its top-level blocks, its heading first. */
export type ParsedSection = Range & {
  readonly anchor: string;
  readonly headings: readonly string[];
  readonly level: number;
  readonly nodes: readonly RootContent[];
};

export type ParsedDocument = {
  readonly parsed: ParsedMarkdown;
  readonly frontMatter: FrontMatter;
  readonly title: string;
  /** In order, from the first to the last character of the source. */
  readonly sections: readonly ParsedSection[];
};

const EXPLICIT_ID = /\s*\{:?\s*#+([^\s{}]+)[^{}]*\}\s*$/;
const HTML_ANCHOR = /<a\s[^>]*?\b(?:name|id)\s*=\s*["']?([^"'\s>]+)/i;

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
  const starts = nodes.flatMap((node, index) => (node.type === 'heading' ? [index] : []));
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
      anchor: anchors(name, id),
      headings: outline.map((entry) => entry.name),
      level: heading.depth,
      nodes: nodes.slice(index, next),
    });
  }
  const firstH1 = sections.find((section) => section.level === 1)?.headings.at(-1);
  return { parsed, frontMatter, title: frontMatter.title || firstH1 || titleOf(path), sections };
}

function headingStart(node: RootContent | undefined): number | undefined {
  return node?.type === 'heading' ? rangeOf(node).start : undefined;
}

/** A heading's text, and the id written in it or in an anchor element directly above it. */
function headingName(heading: Heading, above: RootContent | undefined, parsed: ParsedMarkdown) {
  const { start, end } = rangeOf(heading);
  const written = parsed.source.slice(start, end);
  const text = plainText(heading.children, parsed).text.trim();
  const id =
    EXPLICIT_ID.exec(written.replace(/[\s#=-]+$/, ''))?.[1] ??
    HTML_ANCHOR.exec(written)?.[1] ??
    anchorIn(above, parsed);
  return { name: text.replace(EXPLICIT_ID, ''), id };
}

/** The id of a block that is nothing but an anchor element. */
function anchorIn(node: RootContent | undefined, parsed: ParsedMarkdown): string | undefined {
  if (node?.type !== 'html' && node?.type !== 'paragraph') return undefined;
  const { start, end } = rangeOf(node);
  const written = parsed.source.slice(start, end);
  const bare = written.replace(/<\/?a\b[^>]*>/gi, '').trim() === '';
  return bare ? HTML_ANCHOR.exec(written)?.[1] : undefined;
}

/** GitHub's anchors, each used once; an explicit id is taken as it is. */
function makeAnchors() {
  const slugger = new GithubSlugger();
  const used = new Set<string>();
  return (name: string, id: string | undefined): string => {
    let anchor = id ?? slugger.slug(name);
    if (/^(?:-\d+)?$/.test(anchor)) anchor = slugger.slug(NAMELESS);
    while (used.has(anchor)) anchor = slugger.slug(id ?? (name || NAMELESS));
    used.add(anchor);
    return anchor;
  };
}

function titleOf(path: string): string {
  const name = withoutExtension(path.slice(path.lastIndexOf('/') + 1));
  return name.replace(/[-_]+/g, ' ').trim() || name;
}
