import { slug } from 'github-slugger';
import type { Element, Nodes, Root } from 'hast';
import { EXIT, SKIP, visit } from 'unist-util-visit';

const HEADING = /^h[1-6]$/;
/** Never part of what a page says. */
const DROPPED = new Set(
  'script style noscript template svg canvas iframe object video audio nav dialog button select input textarea'.split(
    ' ',
  ),
);
const AROUND = new Set(['navigation', 'banner', 'contentinfo', 'search']);
/** What generators put beside a heading to link to it. */
const LINK_SIGN = /^[¶§#\s\u200B🔗]*$/u;
const ID = /^[^\s"'<>&{}]+$/;

/**
 * What a page says, without what stands around it: its `<main>` or only `<article>` where it has one, else its body.
 * Navigation, footers, scripts, controls and hidden parts are left out; headings keep the ids that links name.
 */
export function mainContent(page: Root): Root {
  const article = elements(page, 'article');
  const main =
    first(page, ({ tagName, properties }) => tagName === 'main' || properties.role === 'main') ??
    (article.length === 1 ? article[0] : undefined);
  const root: Root = { type: 'root', children: main?.children ?? elements(page, 'body')[0]?.children ?? [] };
  visit(root, 'element', (element, index, parent) => {
    if (!parent || index === undefined) return undefined;
    if (isDropped(element, main === undefined)) {
      parent.children.splice(index, 1);
      return [SKIP, index];
    }
    if (HEADING.test(element.tagName)) nameHeading(element, parent);
    return undefined;
  });
  return root;
}

/** The text of an element's or page's nodes, on one line. */
export function textOf(node: Nodes): string {
  const parts: string[] = [];
  visit(node, 'text', ({ value }) => {
    parts.push(value);
  });
  return parts.join('').replace(/\s+/g, ' ').trim();
}

/** The elements of a name, in order. */
export function elements(root: Root, name: string): Element[] {
  const found: Element[] = [];
  visit(root, 'element', (element) => {
    if (element.tagName === name) found.push(element);
  });
  return found;
}

function first(root: Root, matches: (element: Element) => boolean): Element | undefined {
  let found: Element | undefined;
  visit(root, 'element', (element) => {
    if (!matches(element)) return undefined;
    found = element;
    return EXIT;
  });
  return found;
}

/** A page without a main part says in its header only what it is called. */
function isDropped(element: Element, wholeBody: boolean): boolean {
  const { tagName, properties } = element;
  if (DROPPED.has(tagName) || tagName === 'footer') return true;
  if (properties.hidden === true || properties.hidden === '' || properties.ariaHidden === 'true') return true;
  if (AROUND.has(String(properties.role))) return true;
  if (tagName === 'img') return /^data:/i.test(String(properties.src ?? '')) && !properties.alt;
  return wholeBody && tagName === 'header' && !element.children.some((child) => holdsHeading(child));
}

function holdsHeading(node: Nodes): boolean {
  return (
    node.type === 'element' &&
    (HEADING.test(node.tagName) || node.children.some((child) => holdsHeading(child)))
  );
}

/** Puts the id that links to this heading name, where it isn't the one made of its text, into an anchor inside. */
function nameHeading(heading: Element, parent: Root | Element): void {
  let id = idOf(heading);
  heading.children = heading.children.filter((child) => {
    if (child.type !== 'element' || child.tagName !== 'a') return true;
    const named = idOf(child);
    id ??= named;
    return !LINK_SIGN.test(textOf(child));
  });
  const leads = parent.children.find((child) => child.type === 'element') === heading;
  if (leads && parent.type === 'element' && /^(?:section|div|article|header)$/.test(parent.tagName)) {
    id ??= idOf(parent);
  }
  if (id === undefined || id === slug(textOf(heading))) return;
  heading.children.unshift({ type: 'element', tagName: 'a', properties: { id }, children: [] });
}

/** An element's `id`, or an anchor's `name`. */
export function idOf({ tagName, properties }: Element): string | undefined {
  const id = properties.id ?? (tagName === 'a' ? properties.name : undefined);
  return typeof id === 'string' && ID.test(id) ? id : undefined;
}
