import { describe, expect, it } from 'vitest';
import { findQuote } from '../../../web/changes/find-quote.ts';

const then = '## Logs\n\nKeep **all** logs for\n30 days.\n\n| Kind | Days |\n| --- | --- |\n| Audit | 90 |\n';
/** The section stood 100 characters into the file. */
const kept = { text: then, start: 100 };

function citing(words: string, quote = words) {
  const start = 100 + then.indexOf(words);
  return { n: 1, quote, start, end: start + words.length };
}
const sentence = citing('Keep **all** logs for\n30 days.', 'Keep all logs for 30 days.');
const row = citing('| Audit | 90 |', 'Kind: Audit; Days: 90');

function found(citation: typeof sentence, text: string, isKept = true) {
  const range = findQuote(citation, isKept ? kept : undefined, { text, start: 500 });
  return range && text.slice(range.start - 500, range.end - 500);
}

describe('the quoted words in the present text', () => {
  it('stand although lines were put before them and broken elsewhere', () => {
    expect(found(sentence, 'New.\n\nKeep **all**\nlogs for 30 days.\n')).toBe(
      'Keep **all**\nlogs for 30 days.',
    );
  });

  it('stand although their marks are others', () => {
    expect(found(sentence, 'Keep all logs for *30 days*.')).toBe('Keep all logs for *30 days*.');
    expect(found(sentence, 'Keep `all` logs for 30 days.', false)).toBe('Keep `all` logs for 30 days.');
  });

  it('stand under another heading', () => {
    expect(found(sentence, '## How long\n\nKeep all logs for 30 days.', false)).toBe(
      'Keep all logs for 30 days.',
    );
  });

  it('stand in a table’s row by its Markdown', () => {
    expect(found(row, '| Kind | Days |\n| - | - |\n| Audit   | 90   |\n')).toBe('| Audit   | 90   |');
  });

  it('stand in a table’s row with the names of its columns, when its Markdown isn’t known', () => {
    const table = '| Kind | Days |\n| - | - |\n| Error | 7 |\n| *Audit* | 90 |\n';
    expect(found(row, table, false)).toBe('| *Audit* | 90');
    expect(found(row, table.replace('90', '30'), false)).toBeUndefined();
    expect(found(citing('| Kind | Days |', 'Kind, Days'), table, false)).toBe('Kind | Days');
  });

  it.each(['Keep **all** logs for 45 days.', 'Keep logs for 30 days.', ''])('don’t stand in %j', (text) => {
    expect(found(sentence, text)).toBeUndefined();
  });

  it('don’t stand inside longer words or numbers', () => {
    const number = citing('90');
    expect(found(number, 'Kept for 1905 days.')).toBeUndefined();
    expect(found(number, 'Kept for 1905 days, not 90.')).toBe('90');
  });

  it('are the nearest to their old place when they stand more than once', () => {
    const text = `90 ${'x '.repeat(30)}90`;
    const range = findQuote(citing('90'), kept, { text, start: 0 });
    expect(range?.start).toBe(text.lastIndexOf('90'));
  });
});
