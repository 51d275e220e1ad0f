import type { Nodes, Root } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfm } from 'micromark-extension-gfm';
import { visit } from 'unist-util-visit';
import { kindOf } from '../../knowledge/file-kinds.ts';
import { raisesNumber } from '../../knowledge/raises-number.ts';

/** Markdown that can be shown away from its document; `at` gives the new place of an old offset. */
export type Quotable = { readonly text: string; at(offset: number): number };

type Edit = { readonly start: number; readonly end: number; readonly text: string };

/**
 * Makes a piece of a document quotable: relative links open the document's page, reference links and
 * footnote marks lose what they refer to, images become their description, comments and template tags
 * go, and a `[1]` of the document's own is escaped so that it isn't taken for a citation.
 * A text file's signs are escaped, and its lists keep their lines. Not a word of the text is changed.
 */
export function toQuotable(markdown: string, path: string): Quotable {
  return apply(markdown, kindOf(path) === 'text' ? literalEdits(markdown) : editsOf(markdown, path));
}

function editsOf(markdown: string, path: string): Edit[] {
  const whole = `${markdown}\n\n${definitionsFor(markdown)}`;
  const tree: Root = fromMarkdown(whole, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] });
  const edits: Edit[] = [];
  visit(tree, (node) => {
    const start = node.position?.start.offset;
    const end = node.position?.end.offset;
    if (start === undefined || end === undefined || start >= markdown.length) return;
    const raw = markdown.slice(start, end);
    if (node.type === 'link') edits.push(...linkEdit(node, raw, start, end, path));
    else if (
      node.type === 'linkReference' ||
      node.type === 'footnoteReference' ||
      node.type === 'imageReference'
    )
      edits.push(...referenceEdits(node, raw, start, end));
    else if (node.type === 'image') edits.push({ start, end, text: node.alt ?? '' });
    else if (node.type === 'html') edits.push({ start, end, text: insteadOf(raw, markdown.slice(end)) });
    else if (node.type === 'text') edits.push(...textEdits(raw, start));
  });
  return edits;
}

/** What stands in the place of a tag: a break is a space, and a number that is raised has a sign. */
function insteadOf(tag: string, rest: string): string {
  if (/^<br\b/i.test(tag)) return ' ';
  return raisesNumber(tag, rest) ? '^' : '';
}

/** Between words: `[text][label]` and `[^note]`; `list[0][1]` and the document's own `[1][2]` are none. */
const REFERENCE = /(?<![\w\]\\])\[([^[\]]*[^\d[\]][^[\]]*)\]\[([^[\]]*)\]/g;
const FOOTNOTE = /(?<!\\)\[\^([^\s[\]]+)\]/g;

/** What a piece refers to stands elsewhere in its document; without a definition it would not be read as a reference. */
function definitionsFor(markdown: string): string {
  const links = [...markdown.matchAll(REFERENCE)].map(([, text, label]) => `[${label || text}]: #`);
  const notes = [...markdown.matchAll(FOOTNOTE)].map(([, label]) => `[^${label}]: -`);
  return [...links, ...notes].join('\n\n');
}

/** Only the address is replaced, so that offsets of the words stay exact. */
function linkEdit(
  node: Nodes & { type: 'link' },
  raw: string,
  start: number,
  end: number,
  path: string,
): Edit[] {
  if (!raw.startsWith('[')) return [];
  const lastChild = node.children.at(-1)?.position?.end.offset;
  if (lastChild === undefined) return [{ start, end, text: '' }];
  const address = pageAddress(node.url, path);
  if (address !== undefined) return [{ start: lastChild, end, text: `](${address})` }];
  return [
    { start, end: start + 1, text: '' },
    { start: lastChild, end, text: '' },
  ];
}

function referenceEdits(node: Nodes, raw: string, start: number, end: number): Edit[] {
  if (node.type === 'footnoteReference') return [{ start, end, text: '' }];
  if (node.type === 'imageReference') return [{ start, end, text: node.alt ?? '' }];
  const close = raw.lastIndexOf('][');
  return [
    { start, end: start + 1, text: '' },
    { start: close > 0 ? start + close : end - 1, end, text: '' },
  ];
}

const TEMPLATE_LINK = /\[([^\]]*)\]\([^()]*(?:\{%[^%]*%\}|\{\{[^}]*\}\})[^()]*\)/g;
const TEMPLATE_TAG = /\{%-?\s*\w+\s*(?:["']([^"']*)["'])?[^%]*%\}|\{\{[^}]*\}\}/g;
const OWN_MARKER = /(?<!\\)\[(?=\d+\])/g;

/** Template tags of site generators (Liquid) and brackets that would read as citations. */
function textEdits(raw: string, start: number): Edit[] {
  const edits: Edit[] = [];
  const covered = (at: number) => edits.some((edit) => at >= edit.start - start && at < edit.end - start);
  for (const found of raw.matchAll(TEMPLATE_LINK)) {
    const inner = found[1] ?? '';
    edits.push({ start: start + found.index, end: start + found.index + 1, text: '' });
    edits.push({
      start: start + found.index + 1 + inner.length,
      end: start + found.index + found[0].length,
      text: '',
    });
  }
  for (const found of raw.matchAll(TEMPLATE_TAG)) {
    if (!covered(found.index))
      edits.push({
        start: start + found.index,
        end: start + found.index + found[0].length,
        // What a tag is given to show, but not where it finds it.
        text: /[/\\]|\.\w{2,5}$/.test(found[1] ?? '') ? '' : (found[1] ?? ''),
      });
  }
  for (const found of raw.matchAll(OWN_MARKER)) {
    if (!covered(found.index))
      edits.push({ start: start + found.index, end: start + found.index, text: '\\' });
  }
  return edits;
}

/** The page that a document's link opens; undefined for a scheme that is never linked. */
export function pageAddress(url: string, path: string): string | undefined {
  if (/^(?:https?:|mailto:)/i.test(url)) return linkable(url);
  if (/^[a-z][a-z0-9+.-]*:/i.test(url) || url.startsWith('//')) return undefined;
  const base = `docs:///${path.split('/').map(encodeURIComponent).join('/')}`;
  try {
    const { pathname, hash } = new URL(url === '' ? '#' : url, base);
    return linkable(`/docs${pathname}${hash}`);
  } catch {
    return undefined;
  }
}

/** An address that can stand between Markdown's round brackets. */
function linkable(address: string): string {
  return address.replace(
    /[\s()<>\\]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).padStart(2, '0').toUpperCase()}`,
  );
}

/** Plain text as Markdown that shows just this text. */
export function escapeMarkdown(text: string): string {
  return text
    .replace(/[\\`*_[\]<>~|&]/g, '\\$&')
    .replace(/^(\s*)([-+#=])/gm, '$1\\$2')
    .replace(/^(\s*\d+)([.)])/gm, '$1\\$2');
}

const SIGN = /[\\`*_[\]<>~|&]|(?<=^[ \t]*)[-+#=]|(?<=^[ \t]*\d+)[.)]/gm;
const INDENT = /^[ \t]+/gm;
const ENTRY = /\r?\n(?=[ \t]*(?:[-*+•–]|\d{1,3}[.)]|[a-z]\))[ \t])/g;

/** Plain text's own lines and signs, kept from being read as Markdown. */
function literalEdits(text: string): Edit[] {
  const before = ({ index }: { index: number }) => ({ start: index, end: index, text: '\\' });
  return [
    ...[...text.matchAll(SIGN)].map(before),
    ...[...text.matchAll(ENTRY)].map(before),
    ...[...text.matchAll(INDENT)].map(({ 0: gap, index }) => ({
      start: index,
      end: index + gap.length,
      text: '',
    })),
  ];
}

function apply(markdown: string, edits: readonly Edit[]): Quotable {
  const ordered = [...edits].sort((a, b) => a.start - b.start || a.end - b.end);
  const done: (Edit & { readonly shift: number })[] = [];
  let text = '';
  let at = 0;
  for (const edit of ordered) {
    if (edit.start < at) continue;
    text += markdown.slice(at, edit.start) + edit.text;
    at = edit.end;
    done.push({ ...edit, shift: text.length - at });
  }
  text += markdown.slice(at);
  return {
    text,
    at(offset) {
      const edit = done.findLast((other) => other.start < offset);
      if (!edit) return offset;
      return offset < edit.end ? edit.end + edit.shift : offset + edit.shift;
    },
  };
}
