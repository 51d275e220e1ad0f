import type { z } from 'zod';
import { MODEL_DIR } from '../../knowledge/configured-embedder.ts';
import { loadTokenizer, type Tokenizer } from '../../knowledge/tokenizer.ts';
import type { usage } from '../contract/openai-chat.ts';
import type { Bound } from './content.ts';

export type CountTokens = (text: string) => number;
export type Usage = z.output<typeof usage>;

/** Counts as the local embedding model reads. Its tokenizer is read at the first call. */
export function makeTokenCounter(modelDir = MODEL_DIR): CountTokens {
  let tokenizer: Tokenizer | undefined;
  return (text) => {
    tokenizer ??= loadTokenizer(modelDir);
    return tokenizer.countTokens(text);
  };
}

export function usageOf(count: CountTokens, prompt: string, completion: string): Usage {
  const [prompt_tokens, completion_tokens] = [count(prompt), count(completion)];
  return { prompt_tokens, completion_tokens, total_tokens: prompt_tokens + completion_tokens };
}

/** Cuts a text between words, so that no link is halved, before it has more than `most` tokens. */
export function makeBound(count: CountTokens, most: number): Bound {
  let text = '';
  let full = false;
  return {
    full: () => full,
    cut(piece) {
      if (full) return '';
      if (count(text + piece) <= most) {
        text += piece;
        return piece;
      }
      full = true;
      const before = text.length;
      for (const word of piece.match(/\s*\S+/g) ?? []) {
        if (count(text + word) > most) break;
        text += word;
      }
      return text.slice(before);
    },
  };
}
