import { posix } from 'node:path';
import { visit } from 'unist-util-visit';
import { withoutExtension } from '../../knowledge/file-kinds.ts';
import { rangeOf } from '../parse-markdown.ts';
import type { ParsedDocument } from '../parse-sections.ts';
import type { Spotted } from './finding.ts';

/** A link or image as written; `at` is where it stands in the source. */
export type Link = { readonly url: string; readonly at: number };

/** What links may point at. Paths are relative to the docs folder. */
export type Site = {
  /** Paths of all files that are read. */
  readonly pages: ReadonlySet<string>;
  /** Anchors of one of them. */
  anchorsOf(path: string): Promise<ReadonlySet<string>>;
  /** Whether any file or folder is there. */
  exists(path: string): Promise<boolean>;
};

const REMOTE = /^(?:[a-z][a-z0-9+.-]*:|\/\/)/i;
const TEMPLATE = /\{[{%]/;
const ATTRIBUTE = /<(?:a|img)\s[^>]*?\b(?:href|src)\s*=\s*(?:"([^"]*)"|'([^']*)')/gi;
const HTML_ID = /<[a-z][^>]*?\s(?:id|name)\s*=\s*["']?([^"'\s>]+)/gi;
/** Anchors that renderers add by themselves. */
const BUILT_IN = /^(?:top|$|(?:user-content-)?fn(?:ref)?-)/i;

/** Relative links and images of a document, also of its HTML. */
export function linksOf({ parsed: { tree, masked } }: ParsedDocument): Link[] {
  const links: Link[] = [];
  const add = (written: string, at: number) => {
    const url = masked.unmask(written).trim();
    if (url !== '' && !REMOTE.test(url) && !TEMPLATE.test(url)) links.push({ url, at });
  };
  visit(tree, (node) => {
    const { start } = rangeOf(node);
    if (node.type === 'link' || node.type === 'image' || node.type === 'definition') add(node.url, start);
    if (node.type === 'html') {
      for (const match of withoutComments(node.value).matchAll(ATTRIBUTE)) {
        add(match[1] ?? match[2] ?? '', start + match.index);
      }
    }
  });
  return links;
}

/** All that a link into the document can name: its sections' anchors and the ids of its HTML. */
export function anchorsIn({ parsed: { tree }, sections }: ParsedDocument): Set<string> {
  const anchors = new Set(sections.map(({ anchor }) => anchor));
  visit(tree, 'html', (node) => {
    for (const match of withoutComments(node.value).matchAll(HTML_ID)) if (match[1]) anchors.add(match[1]);
  });
  return anchors;
}

/** What is wrong with a link of the page at `path`; nothing if it leads somewhere. */
export async function checkLink(path: string, { url, at }: Link, site: Site): Promise<Spotted[]> {
  const error = (rule: string, message: string): Spotted[] => [{ at, rule, severity: 'error', message }];
  const [address = '', fragment] = split(url);
  const file = decode(address);
  const anchor = fragment === undefined ? undefined : decode(fragment);
  if (file === undefined || (fragment !== undefined && anchor === undefined))
    return error('broken-link', `${url} is not a valid address`);
  const target =
    file === ''
      ? path
      : posix.normalize(file.startsWith('/') ? `.${file}` : posix.join(posix.dirname(path), file));
  if (target === '..' || target.startsWith('../')) {
    return error('link-outside', `${url} leads out of the docs folder, where readers can't follow`);
  }
  if (!site.pages.has(target)) {
    if (await site.exists(target)) return [];
    return error('broken-link', `${url} leads to no file${hint(nearPath(target, site.pages))}`);
  }
  if (anchor === undefined || BUILT_IN.test(anchor)) return [];
  const anchors = await site.anchorsOf(target);
  if (anchors.has(anchor) || anchors.has(anchor.toLowerCase())) return [];
  const where = target === path ? 'this file' : target;
  return error('broken-anchor', `#${anchor} is no heading of ${where}${hint(nearAnchor(anchor, anchors))}`);
}

/** The address without its query, and what follows the #. */
function split(url: string): [address: string, fragment?: string] {
  const hash = url.indexOf('#');
  const address = (hash < 0 ? url : url.slice(0, hash)).replace(/\?.*$/, '');
  return hash < 0 ? [address] : [address, url.slice(hash + 1)];
}

function decode(written: string): string | undefined {
  try {
    return decodeURIComponent(written);
  } catch {
    return undefined;
  }
}

function withoutComments(html: string): string {
  return html.replace(/<!--[\s\S]*?(?:-->|$)/g, (comment) => ' '.repeat(comment.length));
}

function hint(near: string | undefined): string {
  return near === undefined ? '' : `; did you mean ${near}?`;
}

function nearPath(target: string, pages: ReadonlySet<string>): string | undefined {
  const bare = (path: string) => withoutExtension(path.toLowerCase()).replace(/\/(?:readme|index)$/, '');
  const name = (path: string) => posix.basename(bare(path));
  const wanted = bare(target);
  const all = [...pages];
  return (
    all.find((path) => bare(path) === wanted) ?? all.find((path) => name(path) === posix.basename(wanted))
  );
}

function nearAnchor(anchor: string, anchors: ReadonlySet<string>): string | undefined {
  const letters = (text: string) => text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '');
  const near = [...anchors].find((other) => other !== '' && letters(other) === letters(anchor));
  return near === undefined ? undefined : `#${near}`;
}
