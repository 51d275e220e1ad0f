import type { Element } from 'hast';
import { textOf } from './main-content.ts';

const LOW_DIGITS = '₀₁₂₃₄₅₆₇₈₉';

/**
 * What stands raised or lowered in a page, as plain text: 10^6, CO₂, x_i. Read without a sign, 10<sup>6</sup> would
 * be another number. Undefined for what says the same without one: ordinals, trade marks, links to notes.
 */
export function raisedText(element: Element): string | undefined {
  const text = textOf(element);
  const linked = element.children.some((child) => child.type === 'element' && child.tagName === 'a');
  if (linked || !/[\p{L}\p{N}]/u.test(text)) return undefined;
  if (element.tagName === 'sub') {
    if (/^\d+$/.test(text)) return text.replace(/\d/g, (digit) => LOW_DIGITS[Number(digit)] ?? digit);
    return `_${grouped(text)}`;
  }
  if (/^(?:st|nd|rd|th|er|e|o|a)$/i.test(text) || /^\[.*\]$/.test(text)) return undefined;
  if (/^(?:tm|sm)$/i.test(text)) return /^t/i.test(text) ? '™' : '℠';
  return `^${grouped(text)}`;
}

function grouped(text: string): string {
  return /^[-+−]?[\p{L}\p{N}.,]+$/u.test(text) ? text : `(${text})`;
}
