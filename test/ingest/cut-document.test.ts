import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cutDocument } from '../../ingest/cut-document.ts';
import { CHUNK_TOKENS } from '../../knowledge/chunker-id.ts';
import { countWords } from './count-words.ts';
import { checkPromises } from './cut-promises.ts';
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
    ...[
      '##1. Setup',
      '##**Bold**',
      '##\u00A0Space',
      '##📦 X',
      '<h2 id="t">Title</h2>',
      '> ## One',
      '# One {#two}',
      '<a href=gone.md>',
      '<style>',
      '{{ value }}',
      '[text][none] and [^2]',
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
      'x<sup>2</sup> and H<sub>2</sub>O',
    ],
  ),
  fc.string({ unit: 'grapheme', maxLength: 30 }),
  fc.string({ unit: fc.constantFrom(...'#*_`[]()<>!|~-+=\\:&{}%"\' \tab1.'), maxLength: 30 }),
);
/** Lines that no one wrote by hand; few, since each takes as long as a whole document. */
const longLine = fc.constantFrom(
  `- ${'A *b* [c](d). '.repeat(1500)}`,
  `> ${'`x` {% y %} '.repeat(2000)}`,
  '#'.repeat(20_001),
);
const markdown = fc
  .tuple(fc.constantFrom('\n', '\r\n', '\r'), fc.boolean(), fc.array(line, { maxLength: 60 }), fc.nat(6))
  .map(([ending, bom, lines, times]) => {
    const text = lines.join(ending);
    return (bom ? '\uFEFF' : '') + Array.from({ length: times + 1 }, () => text).join(ending);
  });

describe('cutDocument on front matter alone', () => {
  it.each([
    ['a title', '---\ntitle: VPN access\n---\n', ['VPN access']],
    ['headings below it', '---\ntitle: "VPN: access"\n---\n\n# One\n\n## Two\n', ['VPN: access']],
    [
      'all of it',
      '---\ndescription: >\n  Ask\n  IT.\ntitle: VPN\nquestion: Who?\n---',
      ['Ask IT.', 'VPN', 'Who?'],
    ],
    ['TOML', '+++\r\ntitle = "VPN"\r\n+++\r\n', ['VPN']],
    ['no words', '---\ntitle: "…"\nlayout: page\n---\n', []],
    ['a redirect', '---\ntitle: VPN\nredirect_to: /x/\n---\n', []],
    ['text below it', '---\ntitle: VPN\n---\nAsk IT.', ['Ask IT.']],
  ])('has a chunk for what it says: %s', (_what, source, texts) => {
    const result = cut(source);
    checkPromises(source, result);
    const sentences = result.chunks.flatMap((chunk) => chunk.sentences);
    expect(sentences.map(({ text }) => text)).toEqual(texts);
    for (const { start, end, text } of sentences) {
      expect(source.slice(start, end).replace(/\s+/g, ' ')).toBe(text);
    }
  });
});

describe('cutDocument on what HTML raises', () => {
  it.each([
    ['in a sentence', 'It takes 10<sup>6</sup> steps.', 'It takes 10^6 steps.'],
    ['in a block', '<div>It takes 10<SUP class="x">-6</SUP> s.</div>', 'It takes 10^-6 s.'],
    ['no number', 'Since the 1<sup>st</sup> of May.', 'Since the 1st of May.'],
    ['a note', 'We close at six.<sup>[1](#notes)</sup>', 'We close at six.1'],
  ])('reads a power as one: %s', (_what, source, text) => {
    const result = cut(source);
    checkPromises(source, result);
    expect(result.chunks.flatMap(({ sentences }) => sentences.map((sentence) => sentence.text))).toEqual([
      text,
    ]);
  });
});

describe('cutDocument on any Markdown', () => {
  it('holds its promises about ranges, order and size', () => {
    fc.assert(
      fc.property(markdown, (source) => {
        const result = cut(source);
        checkPromises(source, result);
        for (const { sentences, text } of result.chunks) {
          if (sentences.length > 1) expect(countWords(text)).toBeLessThanOrEqual(CHUNK_TOKENS);
        }
      }),
      { numRuns: 400 },
    );
  });

  it('holds them with lines of any length', () => {
    fc.assert(
      fc.property(
        fc.array(line, { maxLength: 10 }),
        longLine,
        fc.array(line, { maxLength: 10 }),
        (above, long, below) => {
          const source = [...above, long, ...below].join('\n');
          const result = cut(source);
          checkPromises(source, result);
          expect(proseOutside(source, result.chunks)).toEqual([]);
        },
      ),
      { numRuns: 30 },
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
