import type { Nodes } from 'mdast';
import { nodesIn, rangeOf } from '../parse-markdown.ts';
import type { Rule, Spotted } from './finding.ts';

/** What reads as a reference: `[text][label]`, `[label][]`. `list[0][1]` and `[1][2]` don't. */
const REFERENCE = /(?<![\w\])\\])\[([^[\]]{1,300})\]\[([^[\]]{0,300})\]/g;
/** A set of characters, as in `[a-z][0-9]`. */
const CHARACTERS = /^\^?(?:.-.)+$/u;
const FOOTNOTE = /(?<!\\)\[\^([\w-]{1,40})\](?!:)/g;

/** A reference to a definition that isn't there: readers see its brackets. */
export const undefinedReference: Rule = ({ parsed: { nodes, masked } }) => {
  const spotted: Spotted[] = [];
  const add = (at: number, label: string) => {
    const message = `[${label}] is defined nowhere in this file, so its brackets are shown`;
    spotted.push({ at, rule: 'undefined-reference', severity: 'warning', message });
  };
  for (const node of nodes) {
    const { start, end } = rangeOf(node);
    if (!isProse(node) || !masked.text.slice(start, end).includes('[')) continue;
    const written = proseOf(node, masked.text);
    for (const { 0: whole, 1: text = '', 2: label = '', index } of written.matchAll(REFERENCE)) {
      const isOther = whole.includes(HIDDEN) || label.startsWith('^') || label !== masked.unmask(label);
      if (!isOther && /\p{L}/u.test(text) && !CHARACTERS.test(text)) add(start + index, label || text);
    }
    for (const { 0: whole, 1: label = '', index } of written.matchAll(FOOTNOTE)) {
      if (!whole.includes(HIDDEN)) add(start + index, `^${label}`);
    }
  }
  return spotted;
};

const HIDDEN = '\0';

function isProse(node: Nodes): node is Nodes & { readonly children: Nodes[] } {
  return node.type === 'paragraph' || node.type === 'heading' || node.type === 'tableCell';
}

/** The text as written, in which what was read as a reference, link, code or HTML is hidden. */
function proseOf(node: Nodes & { readonly children: Nodes[] }, text: string): string {
  const { start, end } = rangeOf(node);
  const parts: string[] = [];
  let at = start;
  for (const inner of nodesIn(node)) {
    const isText = inner.type === 'text' || ('children' in inner && !/^link/.test(inner.type));
    const range = rangeOf(inner);
    if (isText || range.start < at) continue;
    parts.push(text.slice(at, range.start), HIDDEN.repeat(range.end - range.start));
    at = range.end;
  }
  return parts.join('') + text.slice(at, end);
}
