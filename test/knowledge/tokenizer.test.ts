import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Tokenizer } from '@huggingface/tokenizers';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { loadTokenizer } from '../../knowledge/tokenizer.ts';
import json from '../../models/e5-small-v2-int8/tokenizer.json' with { type: 'json' };

const tokenizer = loadTokenizer('models/e5-small-v2-int8');

test('text becomes word pieces without special tokens', () => {
  expect(tokenizer.encode('query: hello world')).toEqual([23032, 1024, 7592, 2088]);
  expect(tokenizer.encode('')).toEqual([]);
  expect(tokenizer.countTokens(' \n ')).toBe(0);
});

test('word by word gives the same ids as the whole text, whatever the text', () => {
  const whole = new Tokenizer(json, {});
  const text = fc.array(
    fc.oneof(fc.string({ unit: 'grapheme' }), fc.constantFrom(' ', '\n', '\t', "it's", 'É')),
  );
  fc.assert(
    fc.property(text, (parts) => {
      const joined = parts.join('');
      const ids = tokenizer.encode(joined);
      expect(ids).toEqual(whole.encode(joined, { add_special_tokens: false }).ids);
      expect(tokenizer.countTokens(joined)).toBe(ids.length);
    }),
  );
});

test('plain words give the ids that the library gives', () => {
  const whole = new Tokenizer(json, {});
  const letters = fc.string({ unit: fc.constantFrom(...'aeinorstABEK019._-#[]/$'), maxLength: 12 });
  const words = fc.oneof(
    fc.string({ unit: fc.integer({ min: 0x20, max: 0x7e }).map((code) => String.fromCharCode(code)) }),
    letters,
    letters.map((word) => word.repeat(12)),
    fc.constantFrom(
      'Get-ChildItem',
      'onboarding',
      '[CLS]',
      'x[SEP]y',
      '##ing',
      'a'.repeat(101),
      'unbelievably',
    ),
  );
  fc.assert(
    fc.property(words, (word) => {
      expect(tokenizer.encode(word)).toEqual(whole.encode(word, { add_special_tokens: false }).ids);
    }),
    { numRuns: 1000 },
  );
});

test('a missing tokenizer file is named', () => {
  const empty = mkdtempSync(join(tmpdir(), 'docent-'));
  try {
    expect(() => loadTokenizer(empty)).toThrowError(
      expect.objectContaining({ code: 'bad_config', message: expect.stringContaining('tokenizer.json') }),
    );
  } finally {
    rmSync(empty, { recursive: true });
  }
});
