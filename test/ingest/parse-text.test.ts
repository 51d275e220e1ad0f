import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cutDocument } from '../../ingest/cut-document.ts';
import { countWords } from './count-words.ts';
import { checkPromises } from './cut-promises.ts';

const cut = (source: string) =>
  cutDocument({ path: 'a.txt', source, changedAt: '', countTokens: countWords });

describe('a text file', () => {
  it('has paragraphs, underlined headings and lists, and no Markdown', () => {
    const source = `\uFEFFHandbook
========

Use *.log files & <b>not</b> &amp; or [x](y).
The line goes on. {% raw %} stays.

    Indented, and no code.

Steps:
- first item
- second item
# 1 is no heading

Leave
-----
Ask early.\r
\r
20 days a year.`;
    const made = cut(source);
    checkPromises(source, made);
    expect(made.document.title).toBe('Handbook');
    expect(made.document.sections.map(({ anchor, level }) => [anchor, level])).toEqual([
      ['', 0],
      ['handbook', 1],
      ['leave', 2],
    ]);
    const sentences = made.chunks.flatMap((chunk) => chunk.sentences);
    expect(sentences.map(({ text }) => text)).toEqual([
      'Use *.log files & <b>not</b> &amp; or [x](y).',
      'The line goes on. {% raw %} stays.',
      'Indented, and no code.',
      'Steps:',
      '- first item',
      '- second item # 1 is no heading',
      'Ask early.',
      '20 days a year.',
    ]);
    for (const { start, end, text } of sentences) {
      expect(source.slice(start, end).replace(/\s+/g, ' ')).toBe(text);
    }
  });

  it('keeps its promises whatever its signs', () => {
    const piece = fc.constantFrom(
      'a',
      'Word. ',
      '\n',
      '\r\n',
      '\n\n',
      '===',
      '---',
      '- ',
      '&amp;',
      '\\*',
      '`',
      '{%',
      ' ',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
        const source = pieces.join('');
        checkPromises(source, cut(source));
      }),
      { numRuns: 300 },
    );
  });
});
