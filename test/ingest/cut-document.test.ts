import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cutDocument } from '../../ingest/cut-document.ts';
import { CHUNK_TOKENS } from '../../knowledge/chunker-id.ts';
import type { CutDocument } from '../../knowledge/document.ts';
import { countWords } from './count-words.ts';
import { proseOutside } from './prose.ts';

const cut = (source: string, path = 'guide.md') =>
  cutDocument({ path, source, changedAt: '2024-05-01T00:00:00.000Z', countTokens: countWords });

/** Lines that Markdown reads in very different ways, put together at random. */
const line = fc.oneof(
  fc.constantFrom(
    ...[
      '',
      '',
      '# One',
      '## Two {#two}',
      '##Three',
      '###',
      'Under',
      '---',
      '===',
      '+++',
      '```',
      '~~~',
      '````js',
    ],
    ...[
      '> quoted',
      '> ## Deep',
      '- item',
      '  - nested. Twice.',
      '1. first',
      '   more',
      '- [ ] task',
      '    code',
    ],
    ...[
      '| a | b |',
      '|---|---|',
      '| 1 | 2 \\| 3 |',
      '<!-- open',
      '-->',
      '<details>',
      '</details>',
      '[ref]: /x "t"',
    ],
    ...[
      '[^1]: A note.',
      '{/* mdx',
      '*/}',
      '{% comment %}',
      '{% endcomment %}',
      '<a name="x"></a>',
      'title: T',
      '\\',
    ],
  ),
  fc.constantFrom(
    ...[
      'A sentence. Another one! And **bold. Still** it.',
      'See [a link. Two](x.md#y), `code. x` and ![alt. b](i.png).',
    ],
    ...[
      'Steps, e.g. these:',
      'Dr. No saw 3.5 &amp; &#x1F600; &bogus; \\* “Quoted. Text.”',
      '这是一个句子。第二句。',
      'x<br>y  ',
    ],
    ...[
      '{% slack_channel "help" %} and [page]({% page "/a b/" %})',
      '\t tab\u00A0nbsp \u{1F680}',
      ':rocket: text[^1] a_b_c',
    ],
  ),
  fc.string({ unit: 'grapheme', maxLength: 30 }),
  fc.string({ unit: fc.constantFrom(...'#*_`[]()<>!|~-+=\\:&{}%"\' \tab1.'), maxLength: 30 }),
);
const markdown = fc
  .tuple(fc.constantFrom('\n', '\r\n', '\r'), fc.boolean(), fc.array(line, { maxLength: 60 }), fc.nat(6))
  .map(([ending, bom, lines, times]) => {
    const text = lines.join(ending);
    return (bom ? '\uFEFF' : '') + Array.from({ length: times + 1 }, () => text).join(ending);
  });

function check(source: string, { document, chunks }: CutDocument) {
  let at = 0;
  for (const [index, section] of document.sections.entries()) {
    expect(section).toMatchObject({ index, start: at });
    at = section.end;
  }
  expect(at).toBe(source.length);
  expect(new Set(document.sections.map((section) => section.anchor)).size).toBe(document.sections.length);

  let end = 0;
  for (const chunk of chunks) {
    const section = document.sections[chunk.section];
    expect(chunk.text).toBe(source.slice(chunk.start, chunk.end));
    expect(chunk.start).toBeGreaterThanOrEqual(Math.max(end, section?.start ?? Number.NaN));
    expect(chunk.end).toBeLessThanOrEqual(section?.end ?? Number.NaN);
    end = chunk.end;
    expect(chunk.blocks.length).toBeGreaterThan(0);
    expect(chunk.sentences.length).toBeGreaterThan(0);
    const unitsAreSmall = chunk.sentences.length > 1;
    if (unitsAreSmall) expect(countWords(chunk.text)).toBeLessThanOrEqual(CHUNK_TOKENS);
    checkUnits(source, chunk);
  }
}

function checkUnits(source: string, chunk: CutDocument['chunks'][number]) {
  let blockEnd = chunk.start;
  for (const block of chunk.blocks) {
    expect(block.start).toBeGreaterThanOrEqual(blockEnd);
    blockEnd = block.end;
  }
  expect(blockEnd).toBeLessThanOrEqual(chunk.end);
  let unitEnd = chunk.start;
  for (const sentence of chunk.sentences) {
    const block = chunk.blocks[sentence.block];
    const text = source.slice(sentence.start, sentence.end);
    expect(sentence.start).toBeGreaterThanOrEqual(Math.max(unitEnd, block?.start ?? Number.NaN));
    expect(sentence.end).toBeLessThanOrEqual(block?.end ?? Number.NaN);
    expect(text).toBe(text.trim());
    expect(sentence.text).toBe(sentence.text.replace(/\s+/g, ' ').trim());
    expect(sentence.text).not.toBe('');
    unitEnd = sentence.end;
  }
}

describe('cutDocument on any Markdown', () => {
  it('holds its promises about ranges, order and size', () => {
    fc.assert(
      fc.property(markdown, (source) => check(source, cut(source))),
      { numRuns: 400 },
    );
  });

  it('leaves no prose out of the chunks', () => {
    fc.assert(
      fc.property(markdown, (source) => {
        expect(proseOutside(source, cut(source).chunks)).toEqual([]);
      }),
      { numRuns: 400 },
    );
  });
});
