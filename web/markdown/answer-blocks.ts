import type { RootContent } from 'mdast';
import { parseAnswer } from './parse.ts';

/** A top-level block of an answer; `node`'s offsets count from `base`. The same object while it stays the same. */
export type AnswerBlock = { readonly node: RootContent; readonly base: number };

/**
 * Parses an answer as it grows: only the last block can still change, so only the text from its line on
 * is parsed again. A text that doesn't continue the last one starts over.
 */
export function makeAnswerBlocks(): (text: string) => readonly AnswerBlock[] {
  let seen = '';
  let settled: AnswerBlock[] = [];
  let tail: AnswerBlock[] = [];
  let tailStart = 0;
  return (text) => {
    if (text === seen) return [...settled, ...tail];
    if (!text.startsWith(seen)) {
      settled = [];
      tailStart = 0;
    }
    seen = text;
    const { root } = parseAnswer(text.slice(tailStart), tailStart);
    const blocks = root.children.map((node) => ({ node, base: tailStart }));
    const last = blocks.pop();
    settled = [...settled, ...blocks];
    tail = last ? [last] : [];
    const offset = last?.node.position?.start.offset;
    if (last && blocks.length > 0 && offset !== undefined) {
      const lineStart = text.lastIndexOf('\n', tailStart + offset - 1) + 1;
      tailStart = Math.max(tailStart, lineStart);
    }
    return [...settled, ...tail];
  };
}
