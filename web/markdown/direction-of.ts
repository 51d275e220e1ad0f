import type { Nodes } from 'mdast';

/** Letters of the scripts that run from right to left: Hebrew, Arabic, Syriac, Thaana, N'Ko and their kin. */
const rightToLeft = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

/**
 * Which way a list, quote or table runs: as the first letter in it does, code left aside; undefined without one.
 * `dir="auto"` would not do, since it passes over all that has a direction of its own, as its paragraphs have.
 */
export function directionOf(node: Nodes): 'ltr' | 'rtl' | undefined {
  if (node.type === 'text') {
    const letter = /\p{L}/u.exec(node.value)?.[0];
    return letter === undefined ? undefined : rightToLeft.test(letter) ? 'rtl' : 'ltr';
  }
  if (!('children' in node)) return undefined;
  for (const child of node.children) {
    const direction = directionOf(child);
    if (direction) return direction;
  }
  return undefined;
}
