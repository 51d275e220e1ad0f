import { toString as plainTextOf } from 'mdast-util-to-string';
import type { TextTransform } from '../answer/text-transform.ts';
import type { Paint } from '../proof-text.ts';
import { paintWords, settledLength, wordsOf } from './inline-markdown.ts';

/** Longer than this, what looks like the beginning of a mark is text. */
const LONGEST_MARK = 600;
const FENCE = /^ {0,3}(`{3,}(?=[^`]*$)|~{3,})/;
const HEADING = /^ {0,3}#{1,6} /;
const HARD_BREAK = /(?<!\\)((?:\\\\)*)\\$/;
/** What may yet become the beginning of a fence or a heading. */
const UNDECIDED = /^ {0,3}(?:#{0,6}|`{0,2}|~{0,2})$/;

/**
 * Markdown of an answer for a terminal: bold text, code, headings, citations and links in colours instead of
 * in marks; code blocks as they are. What may become a mark is held back, so that none is shown half. `openable`
 * gives the address that a link leads to, where a click can open it.
 */
export function makeTerminalMarkdown(
  paint: Paint,
  openable: (url: string) => string | undefined = () => undefined,
): TextTransform {
  /** What of the line isn't shown yet, and whether any of it is. */
  let held = '';
  let begun = false;
  let fence: string | undefined;

  function painted(text: string): string {
    const [before = ''] = /^\s*/.exec(text) ?? [];
    const [after = ''] = before.length === text.length ? [] : (/\s*$/.exec(text) ?? []);
    return before + paintWords(wordsOf(text), paint, openable) + after;
  }

  function wholeLine(goesOn: boolean): string {
    const mark = begun ? undefined : FENCE.exec(held)?.[1];
    if (mark !== undefined && (fence === undefined || (mark.startsWith(fence) && held.trim() === mark))) {
      fence = fence === undefined ? mark : undefined;
      return paint.style('dim', held);
    }
    if (fence !== undefined) return held === '' ? '' : paint.style('yellow', held);
    if (!begun && HEADING.test(held)) {
      return paint.style('bold', plainTextOf(wordsOf(held.replace(HEADING, ''))));
    }
    return painted(goesOn ? held.replace(HARD_BREAK, '$1') : held);
  }

  /** What can be shown of a line that goes on. */
  function part(): string {
    const isWhole = fence !== undefined || UNDECIDED.test(held) || FENCE.test(held) || HEADING.test(held);
    if (!begun && isWhole) return '';
    const settled = settledLength(held);
    const length = held.length - settled < LONGEST_MARK ? settled : held.search(/\s\S*$/) + 1;
    const passed = held.slice(0, length);
    held = held.slice(length);
    begun ||= passed !== '';
    return painted(passed);
  }

  /** `goesOn`: another line follows. */
  function end(goesOn: boolean): string {
    const out = wholeLine(goesOn);
    held = '';
    begun = false;
    return out;
  }

  return {
    push(piece) {
      let out = '';
      for (const line of piece.split(/(?<=\n)/)) {
        const ended = line.endsWith('\n');
        held += ended ? line.slice(0, -1) : line;
        out += ended ? `${end(true)}\n` : part();
      }
      return out;
    },
    flush: () => end(false),
  };
}
