import { slug } from 'github-slugger';
import type { Element, Nodes, Root, RootContent } from 'hast';
import { SKIP, visit } from 'unist-util-visit';

const HEADING = /^h[1-6]$/;
/** Never part of what a page says. */
const DROPPED = new Set(
  'script style noscript template svg canvas iframe object video audio nav dialog select input textarea'.split(
    ' ',
  ),
);
const AROUND = new Set(['navigation', 'banner', 'contentinfo', 'search']);
/** What generators put beside a heading to link to it. */
const LINK_SIGN = /^[¶§#\s\u200B🔗]*$/u;
/** Around words of a sentence; in others a control stands by itself unless words stand directly beside it. */
const PROSE = /^(?:p|li|td|th|dd|dt|b|strong|em|i|span|kbd|label|blockquote|figcaption)$/;
/** Controls for the text beside them. */
const TOOL = /^(?:cop(?:y|ied)|edit|share|print|expand|collapse|close|toggle|show|hide)\b/i;
const ID = /^[^\s"'<>&{}]+$/;

/**
 * What a page says, without what stands around it: its `<main>`s or only `<article>` where they say something, else its
 * body. Navigation, footers, scripts, controls and hidden parts are left out; headings keep the ids that links
 * name, and sentences the names of the buttons they speak of.
 */
export function mainContent(page: Root): Root {
  const mains = outermost(
    page,
    ({ tagName, properties }) => tagName === 'main' || properties.role === 'main',
  );
  const articles = elements(page, 'article');
  for (const parts of [mains, articles.length === 1 ? articles : []]) {
    const content = cleaned(parts.filter((part) => !isHidden(part)).flatMap(({ children }) => children));
    if (saysSomething(content)) return content;
  }
  return cleaned(elements(page, 'body')[0]?.children ?? [], true);
}

/** These nodes without all that isn't said, which is taken out of the page too. */
function cleaned(children: RootContent[], wholeBody = false): Root {
  const root: Root = { type: 'root', children };
  visit(root, 'element', (element, index, parent) => {
    if (!parent || index === undefined) return undefined;
    if (element.tagName === 'button' && isNamed(element, parent, index)) {
      parent.children.splice(index, 1, ...element.children);
      return [SKIP, index];
    }
    if (isDropped(element, wholeBody)) {
      parent.children.splice(index, 1);
      return [SKIP, index];
    }
    if (HEADING.test(element.tagName)) nameHeading(element, parent);
    return undefined;
  });
  return root;
}

/** Whether a sentence speaks of this button, and would lose its name with it. */
function isNamed(button: Element, parent: Root | Element, index: number): boolean {
  const name = textOf(button);
  const others = parent.children.filter((child) => child !== button);
  const inProse = parent.type === 'element' && PROSE.test(parent.tagName);
  const beside = inProse ? others : others.filter((child) => child.type === 'text');
  if (name === '' || isHidden(button) || (parent.type === 'element' && HEADING.test(parent.tagName)))
    return false;
  if (!beside.some((node) => /[\p{L}\p{N}]/u.test(textOf(node)))) return false;
  const goesOn = parent.children.slice(index + 1).some((node) => node.type === 'text' && textOf(node) !== '');
  return goesOn || !TOOL.test(name);
}

function saysSomething(content: Root): boolean {
  return textOf(content) !== '' || elements(content, 'img').length > 0;
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

/** Matching elements that aren't inside another one. */
function outermost(root: Root, matches: (element: Element) => boolean): Element[] {
  const found: Element[] = [];
  visit(root, 'element', (element) => {
    if (!matches(element)) return undefined;
    found.push(element);
    return SKIP;
  });
  return found;
}

function isHidden({ properties }: Element): boolean {
  return properties.hidden === true || properties.hidden === '' || properties.ariaHidden === 'true';
}

/** A page without a main part says in its header only what it is called. */
function isDropped(element: Element, wholeBody: boolean): boolean {
  const { tagName, properties } = element;
  if (DROPPED.has(tagName) || tagName === 'button' || tagName === 'footer') return true;
  if (isHidden(element)) return true;
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
