import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Tokenizer as WordPieces } from '@huggingface/tokenizers';
import { z } from 'zod';
import { DocentError } from './errors.ts';
import { makePlainPieces } from './plain-pieces.ts';

/** Counts and encodes text as the local model sees it. Synchronous; special tokens are never added. */
export type Tokenizer = {
  encode(text: string): number[];
  countTokens(text: string): number;
};

const loaded = new Map<string, Tokenizer>();
const whitespace = /[ \t\r\n]+/;
const memoLimit = 100_000;
/** Long enough for most addresses. */
const memoWordLength = 120;

/**
 * Reads `tokenizer.json` of an uncased BERT model folder. Words between white space are encoded one by one and
 * remembered, which gives the same ids as encoding the whole text, ten times as fast; plain ones by
 * `makePlainPieces`, others by the library. One for each folder: what it remembers serves all who ask for it.
 * Throws `DocentError` `bad_config` naming the file.
 */
export function loadTokenizer(modelDir: string): Tokenizer {
  const tokenizer = loaded.get(modelDir) ?? readTokenizer(modelDir);
  loaded.set(modelDir, tokenizer);
  return tokenizer;
}

function readTokenizer(modelDir: string): Tokenizer {
  const file = join(modelDir, 'tokenizer.json');
  const { wordPieces, plainPieces } = readWordPieces(file);
  const memo = new Map<string, readonly number[]>();

  function piecesOf(word: string): readonly number[] {
    const known = memo.get(word);
    if (known) return known;
    const ids: readonly number[] =
      plainPieces(word) ?? wordPieces.encode(word, { add_special_tokens: false }).ids;
    if (word.length <= memoWordLength) {
      if (memo.size >= memoLimit) memo.clear();
      memo.set(word, ids);
    }
    return ids;
  }

  return {
    encode(text) {
      const ids: number[] = [];
      for (const word of text.split(whitespace)) {
        if (word === '') continue;
        for (const id of piecesOf(word)) ids.push(id);
      }
      return ids;
    },
    countTokens(text) {
      const known = memo.get(text);
      if (known) return known.length;
      let count = 0;
      for (const word of text.split(whitespace)) if (word !== '') count += piecesOf(word).length;
      return count;
    },
  };
}

const bertFile = z.object({ model: z.object({ vocab: z.record(z.string(), z.number()) }) });

function readWordPieces(file: string) {
  try {
    const json = JSON.parse(readFileSync(file, 'utf8'));
    const { model } = bertFile.parse(json);
    return {
      wordPieces: new WordPieces(json, {}),
      plainPieces: makePlainPieces(model.vocab),
    };
  } catch (cause) {
    throw new DocentError(
      'bad_config',
      `The embedding model's tokenizer can't be read: ${file}. Restore the models/ folder from the repository.`,
      { cause },
    );
  }
}
