import { heldBackFor, type TextTransform } from './text-transform.ts';

const TAGS = ['think', 'thinking', 'thought', 'thoughts', 'reasoning'];
const OPENING = TAGS.map((tag) => `<${tag}>`);
const CLOSING = TAGS.map((tag) => `</${tag}>`);

/**
 * Leaves out what a reasoning model thinks aloud, `<think>…</think>` and its like, and the blank space
 * before its first word. Thoughts that never end are left out to the end.
 */
export function makeThoughtFilter(): TextTransform {
  let held = '';
  let closing: string | undefined;
  let begun = false;

  function show(text: string): string {
    const shown = begun ? text : text.trimStart();
    begun ||= shown !== '';
    return shown;
  }

  function step(last: boolean): string {
    let out = '';
    for (;;) {
      const marks = closing === undefined ? [...OPENING, ...CLOSING] : [closing];
      const found = firstOf(marks, held);
      if (!found) break;
      if (closing === undefined) {
        out += show(held.slice(0, found.at));
        closing = OPENING.includes(found.mark) ? found.mark.replace('<', '</') : undefined;
      } else closing = undefined;
      held = held.slice(found.at + found.mark.length);
    }
    const marks = closing === undefined ? [...OPENING, ...CLOSING] : [closing];
    const kept = last ? 0 : Math.max(...marks.map((mark) => heldBackFor(mark, held)));
    const passed = held.slice(0, held.length - kept);
    held = held.slice(held.length - kept);
    return closing === undefined ? out + show(passed) : out;
  }

  return {
    push(piece) {
      held += piece;
      return step(false);
    },
    flush: () => step(true),
  };
}

function firstOf(marks: readonly string[], text: string): { mark: string; at: number } | undefined {
  let first: { mark: string; at: number } | undefined;
  for (const mark of marks) {
    const at = text.indexOf(mark);
    if (at >= 0 && (!first || at < first.at)) first = { mark, at };
  }
  return first;
}
