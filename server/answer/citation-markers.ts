import { type Code, isFence, nextCode, runEnd } from './code-marks.ts';
import { matchMarker, opensMarker } from './match-marker.ts';
import type { TextTransform } from './text-transform.ts';

const SPECIAL = /[[【［`~\\\n \t]/g;
const SPECIAL_IN_CODE = /[`~\n]/g;
const BLANK = /[ \t]/;

/**
 * Rewrites a model's citations to `[1][3]`, whatever their form, and drops numbers that `isKnown`
 * doesn't know, with the space before them. A link behind a citation goes (`[1](https://…)`). Code is
 * left as it is. What may become a marker is held back until that is decided, so no piece ever ends
 * inside one, and the whole doesn't depend on how the text was cut into pieces.
 */
export function makeCitationMarkers(isKnown: (n: number) => boolean): TextTransform {
  let held = '';
  let code: Code | undefined;
  let line = '';
  /** Numbers shown since the last word, so that `[1][1]` is shown once. */
  let shown = new Set<number>();
  /** Space before numbers that were dropped, for a known one right behind them. */
  let gap = '';
  let out = '';

  function keep(text: string): void {
    if (text === '') return;
    out += text;
    shown = new Set();
    gap = '';
    const newline = text.lastIndexOf('\n');
    if (newline >= 0 && line.trim() === '' && !code?.fence) code = undefined;
    line = newline >= 0 ? text.slice(newline + 1) : line + text;
  }

  /** Handles what stands at `at` and returns its end, or `at` when more text is needed. */
  function step(text: string, at: number, last: boolean): number {
    const character = text[at] ?? '';
    if (character === '`' || character === '~') {
      const end = runEnd(text, at, (other) => other === character);
      if (end === text.length && !last) return at;
      code = nextCode(code, {
        mark: character,
        length: end - at,
        fence: isFence(line, end - at),
      });
      keep(text.slice(at, end));
      return end;
    }
    if (code || character === '\n') {
      keep(character);
      return at + 1;
    }
    if (character === '\\') {
      if (at + 1 === text.length && !last) return at;
      const end = text[at + 1] === '\n' ? at + 1 : at + 2;
      keep(text.slice(at, end));
      return end;
    }
    return citation(text, at, last);
  }

  /** A citation with the spaces before it, or else the spaces or the bracket at `at`. */
  function citation(text: string, at: number, last: boolean): number {
    const open = runEnd(text, at, (other) => BLANK.test(other));
    if (open === text.length && !last) return at;
    const match = opensMarker(text[open]) ? matchMarker(text, open, last) : { kind: 'text' as const };
    if (match.kind === 'more') return at;
    if (match.kind === 'text') {
      const end = Math.max(open, at + 1);
      keep(text.slice(at, end));
      return end;
    }
    const numbers = [...new Set(match.numbers)].filter((n) => isKnown(n) && !shown.has(n));
    const before = shown;
    if (before.size === 0) gap ||= text.slice(at, open);
    if (numbers.length > 0) {
      keep(gap + numbers.map((n) => `[${n}]`).join(''));
      shown = new Set([...before, ...numbers]);
    }
    return match.end;
  }

  function run(last: boolean): string {
    out = '';
    let at = 0;
    while (at < held.length) {
      const special = code ? SPECIAL_IN_CODE : SPECIAL;
      special.lastIndex = at;
      const found = special.exec(held)?.index ?? held.length;
      keep(held.slice(at, found));
      at = found;
      if (at === held.length) break;
      const next = step(held, at, last);
      if (next === at) break;
      at = next;
    }
    held = held.slice(at);
    return out;
  }

  return {
    push(piece) {
      held += piece;
      return run(false);
    },
    flush: () => run(true),
  };
}
