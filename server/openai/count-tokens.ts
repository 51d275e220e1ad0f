import type { z } from 'zod';
import { MODEL_DIR } from '../../knowledge/configured-embedder.ts';
import { loadTokenizer } from '../../knowledge/tokenizer.ts';
import type { usage } from '../contract/openai-chat.ts';
import type { Bound } from './content.ts';

export type CountTokens = (text: string) => number;
export type Usage = z.output<typeof usage>;

/** Counts as the local embedding model reads. Its tokenizer is read at the first call. */
export function makeTokenCounter(modelDir = MODEL_DIR): CountTokens {
  return (text) => loadTokenizer(modelDir).countTokens(text);
}

export function usageOf(count: CountTokens, prompt: string, completion: string): Usage {
  const [prompt_tokens, completion_tokens] = [count(prompt), count(completion)];
  return { prompt_tokens, completion_tokens, total_tokens: prompt_tokens + completion_tokens };
}

/** White space, and what can't be cut: a link with the words around it that no white space parts from it. */
const UNIT = /\s*(?:\[(?:\\.|[^\\\]\n])*\]\([^)\s]*\)|[^\s[]|\[)+/g;
/** What may become a link, at the end of what has come. */
const OPEN_LINK = /\[(?:\\.|[^\\\]\n])*(?:\\|\](?:\([^)\s]*)?)?$/;
const LONGEST_LINK = 600;

/** Cuts a text between words, and halves no link, before it has more than `most` tokens. */
export function makeBound(count: CountTokens, most: number): Bound {
  let text = '';
  let held = '';
  let full = false;

  function fill(units: readonly string[]): string {
    full = true;
    const before = text.length;
    for (const unit of units) {
      if (count(text + unit) > most) break;
      text += unit;
    }
    return text.slice(before);
  }
  return {
    full: () => full,
    cut(piece) {
      if (full) return '';
      const whole = held + piece;
      if (count(text + whole) > most) return fill(whole.slice(0, endOfUnits(whole)).match(UNIT) ?? []);
      const passed = whole.slice(0, endOfUnits(whole));
      held = whole.slice(passed.length);
      text += passed;
      return passed;
    },
    end: () => (full ? '' : held),
  };
}

/** Where the last unit begins, or ends, if white space stands behind it: more may belong to it. */
function endOfUnits(text: string): number {
  const closed = text.slice(0, OPEN_LINK.exec(text)?.index);
  const last = closed.match(UNIT)?.at(-1) ?? '';
  const end = closed.trimEnd().length - (/\s$/.test(closed) ? 0 : last.length);
  return text.length - end < LONGEST_LINK ? Math.max(0, end) : text.length;
}
