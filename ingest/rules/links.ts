import { posix } from 'node:path';
import { withoutExtension } from '../../knowledge/file-kinds.ts';
import type { FileText } from '../file-text.ts';
import { rangeOf } from '../parse-markdown.ts';
import type { ParsedDocument } from '../parse-sections.ts';
import { rawElements } from '../raw-html.ts';
import type { Spotted } from './finding.ts';

/** A link or image as written; `at` is where it stands in the source or, with `inFile`, in the file itself. */
export type Link = { readonly url: string; readonly at: number; readonly inFile?: boolean };

/** What links may point at. Paths are relative to the docs folder. */
export type Site = {
  /** Paths of all files that are read. */
  readonly pages: ReadonlySet<string>;
  /** Anchors of one of them, none if it couldn't be read. */
  anchorsOf(path: string): ReadonlySet<string> | undefined;
  /** Whether any file or folder is there; its path may lead out of the docs. */
  exists(path: string): Promise<boolean>;
  /** The page or anchor that was probably meant. */
  nearPage(path: string): string | undefined;
  nearAnchor(path: string, anchor: string): string | undefined;
};

const REMOTE = /^(?:[a-z][a-z0-9+.-]*:|\/\/)/i;
const TEMPLATE = /\{[{%]/;
/** Anchors that renderers add by themselves. */
const BUILT_IN = /^(?:top|$|(?:user-content-)?fn(?:ref)?-)/i;

/** Relative links and images of a document, also of its HTML and its components. */
export function linksOf(
  { parsed: { nodes, masked } }: ParsedDocument,
  text: Pick<FileText, 'links'>,
): Link[] {
  const links: Link[] = [];
  const add = (written: string, at: number) => {
    const url = masked.unmask(written).trim();
    if (isLocal(url)) links.push({ url, at });
  };
  for (const node of nodes) {
    const { start } = rangeOf(node);
    if (node.type === 'link' || node.type === 'image' || node.type === 'definition') add(node.url, start);
    if (node.type === 'html') {
      for (const { element, at } of rawElements(node)) {
        const { tagName, properties } = element;
        const url = tagName === 'a' ? properties.href : tagName === 'img' ? properties.src : undefined;
        if (typeof url === 'string') add(url, start + at);
      }
    }
  }
  for (const { url, at } of text.links ?? []) if (isLocal(url)) links.push({ url, at, inFile: true });
  return links;
}

function isLocal(url: string): boolean {
  return url !== '' && !REMOTE.test(url) && !TEMPLATE.test(url);
}

/** All that a link into the document can name: its sections' anchors, those of other headings, ids of its HTML. */
export function anchorsIn({ parsed: { nodes }, sections, innerAnchors }: ParsedDocument): Set<string> {
  const anchors = new Set([...sections.map(({ anchor }) => anchor), ...innerAnchors]);
  for (const node of nodes) {
    if (node.type !== 'html' || !/\b(?:id|name)\b/i.test(node.value)) continue;
    for (const { element } of rawElements(node)) {
      for (const id of [element.properties.id, element.properties.name]) {
        if (typeof id === 'string') anchors.add(id);
      }
    }
  }
  return anchors;
}

/** What is wrong with a link of the page at `path`; nothing if it leads somewhere. */
export async function checkLink(path: string, { url, ...place }: Link, site: Site): Promise<Spotted[]> {
  const spot = (rule: string, message: string, severity: Spotted['severity'] = 'error'): Spotted[] => [
    { ...place, rule, severity, message },
  ];
  const [address = '', fragment] = split(url);
  const file = decode(address);
  const anchor = fragment === undefined ? undefined : decode(fragment);
  if (file === undefined || (fragment !== undefined && anchor === undefined))
    return spot('broken-link', `${url} is not a valid address`);
  const target =
    file === ''
      ? path
      : posix.normalize(file.startsWith('/') ? `.${file}` : posix.join(posix.dirname(path), file));
  if (target === '..' || target.startsWith('../')) {
    if (await site.exists(target))
      return spot(
        'link-outside',
        `${url} leads out of the docs folder, where readers can't follow`,
        'warning',
      );
    return spot('broken-link', `${url} leads out of the docs folder and to nothing`);
  }
  if (!site.pages.has(target)) {
    if (await site.exists(target)) return [];
    return spot('broken-link', `${url} leads to no file${hint(site.nearPage(target))}`);
  }
  if (anchor === undefined || BUILT_IN.test(anchor)) return [];
  const anchors = site.anchorsOf(target);
  if (!anchors) {
    return spot('unchecked-link', `#${anchor} can't be looked for: ${target} could not be read`, 'warning');
  }
  if (anchors.has(anchor) || anchors.has(anchor.toLowerCase())) return [];
  const where = target === path ? 'this file' : target;
  return spot(
    'broken-anchor',
    `#${anchor} is no heading of ${where}${hint(site.nearAnchor(target, anchor))}`,
  );
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

function hint(near: string | undefined): string {
  return near === undefined ? '' : `; did you mean ${near}?`;
}

/** The site of these pages; `anchors` are those of the pages that could be read. */
export function makeSite(
  paths: readonly string[],
  anchors: ReadonlyMap<string, ReadonlySet<string>>,
  isThere: (path: string) => Promise<boolean>,
): Site {
  const there = new Map<string, Promise<boolean>>();
  // Made for the first link that needs them: they are for messages alone, and not looked through for each.
  let names: { readonly whole: FirstOf; readonly last: ReadonlyMap<string, readonly string[]> } | undefined;
  const alike = new Map<string, FirstOf>();
  return {
    pages: new Set(paths),
    anchorsOf: (path) => anchors.get(path),
    exists(path) {
      const known = there.get(path) ?? isThere(path);
      there.set(path, known);
      return known;
    },
    nearPage(path) {
      names ??= { whole: firstOf(paths, bare), last: byName(paths) };
      return names.whole.get(bare(path)) ?? nearest(path, names.last.get(posix.basename(bare(path))) ?? []);
    },
    nearAnchor(path, anchor) {
      const known = alike.get(path) ?? firstOf([...(anchors.get(path) ?? [])].filter(Boolean), letters);
      alike.set(path, known);
      const near = known.get(letters(anchor));
      return near === undefined ? undefined : `#${near}`;
    },
  };
}

type FirstOf = ReadonlyMap<string, string>;

/** The first item of each key. */
function firstOf(items: readonly string[], keyOf: (item: string) => string): FirstOf {
  return new Map(items.toReversed().map((item) => [keyOf(item), item]));
}

function byName(paths: readonly string[]): Map<string, string[]> {
  const named = new Map<string, string[]>();
  for (const path of paths) {
    const name = posix.basename(bare(path));
    const alike = named.get(name);
    if (alike) alike.push(path);
    else named.set(name, [path]);
  }
  return named;
}

/** The first of those that share the most folders with a path; only some are looked at. */
function nearest(path: string, others: readonly string[]): string | undefined {
  const folders = path.split('/').slice(0, -1);
  const shared = (other: string) => {
    const own = other.split('/').slice(0, -1);
    const end = folders.findIndex((folder, index) => own[index] !== folder);
    return end < 0 ? folders.length : end;
  };
  return others.slice(0, 100).toSorted((a, b) => shared(b) - shared(a))[0];
}

function bare(path: string): string {
  return withoutExtension(path.toLowerCase()).replace(/\/(?:readme|index)$/, '');
}

function letters(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '');
}
