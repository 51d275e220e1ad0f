import { describe, expect, it } from 'vitest';
import { checkDocs } from '../../ingest/check-docs.ts';
import { cutDocument } from '../../ingest/cut-document.ts';
import type { CutDocument } from '../../knowledge/document.ts';
import { countWords } from './count-words.ts';
import { tempFolder } from './temp-folder.ts';

const MEGABYTE = 1_000_000;
/** Bounds what would take hours if its time grew with the square of a file's length. */
const TIMEOUT = 600_000;

const lines = (length: number, line: (index: number) => string) => {
  const parts: string[] = [];
  for (let size = 0; size < length; size += parts.at(-1)?.length ?? 1) parts.push(line(parts.length));
  return parts.join('');
};
const large = [
  '# Large\n\n',
  lines(
    1.6 * MEGABYTE,
    (n) => `## Heading ${n}\n\nA sentence of section ${n}. See [it](gone-${n}.md#x) &amp; more.\n\n`,
  ),
  '## Table\n\n| a | b |\n| - | - |\n',
  lines(MEGABYTE, (n) => `| cell ${n} | [other](#heading-${n}) cell |\n`),
  '\n## Code\n\n```js\n',
  lines(MEGABYTE, (n) => `const number${n} = "a *b* [c](d)";\n`),
  '```\n\n## Line\n\n',
  lines(MEGABYTE, (n) => `Sentence ${n} has [a link](x.md) and *marks*, (see "a. b"). `),
  '\n\n## List\n\n',
  lines(0.4 * MEGABYTE, (n) => `- item ${n} says this. And that.\n`),
  '\n## End\n\nThe last sentence.\n',
].join('');

/** A line of all signs that Markdown knows, without a word of sense. */
function garbage(length: number): string {
  let seed = 7;
  return lines(length, () => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    return String.fromCharCode(33 + ((seed >> 8) % 94));
  });
}

const cut = (source: string) => cutDocument({ path: 'a.md', source, changedAt: '', countTokens: countWords });

describe('files of megabytes', () => {
  it(
    'are cut whole, each offset in its place',
    () => {
      const { document, chunks } = cut(large);
      const headings = large.match(/^## /gm)?.length ?? 0;
      expect(document.sections).toHaveLength(headings + 1);
      expect(new Set(document.sections.map(({ anchor }) => anchor)).size).toBe(headings + 1);
      expect(faults(large, { document, chunks })).toEqual([]);
      const texts = chunks.flatMap(({ sentences }) => sentences.map(({ text }) => text));
      expect(texts.filter((text) => /^a: cell \d+; b: other cell$/.test(text)).length).toBeGreaterThan(
        20_000,
      );
      expect(texts.filter((text) => /^item \d+ says this\. And that\.$/.test(text)).length).toBeGreaterThan(
        10_000,
      );
      expect(
        texts.filter((text) => /^Sentence \d+ has .* \(see "a\. b"\)\.$/.test(text)).length,
      ).toBeGreaterThan(10_000);
      expect(texts.at(-1)).toBe('The last sentence.');
    },
    TIMEOUT,
  );

  it.each([
    ['signs', garbage(5 * MEGABYTE)],
    ['words', lines(5 * MEGABYTE, (n) => `word${n} `)],
    ['brackets', '['.repeat(5 * MEGABYTE)],
    ['a heading', `# ${'x-'.repeat(2.5 * MEGABYTE)}`],
  ])(
    'are cut when they are one line of %s',
    (_what, source) => {
      const result = cut(source);
      expect(faults(source, result)).toEqual([]);
      expect(result.document.sections).toHaveLength(1);
    },
    TIMEOUT,
  );

  it(
    'are checked, each finding in its place',
    async () => {
      const folder = tempFolder({
        'large.md': large,
        'comments.md': '<!-- '.repeat(MEGABYTE / 5),
        'same.md': lines(MEGABYTE, () => '## Same\n\nText.\n\n'),
        'binary.md': Uint8Array.from({ length: 5 * MEGABYTE }, (_, index) => (index * index) % 251),
      });
      const { findings } = await checkDocs(folder);
      const of = (rule: string) => findings.filter((finding) => finding.rule === rule);
      const source = large.split('\n');
      const broken = of('broken-link').filter(({ message }) => message.startsWith('gone-'));
      expect(broken.length).toBeGreaterThan(15_000);
      expect(
        broken.filter(({ line, column, message }) => {
          const [, number] = /^gone-(\d+)/.exec(message) ?? [];
          return !source[line - 1]?.startsWith(`[it](gone-${number}.md`, column - 1);
        }),
      ).toEqual([]);
      const same = of('duplicate-heading');
      expect(same).toHaveLength(Math.ceil(MEGABYTE / '## Same\n\nText.\n\n'.length) - 1);
      expect(
        same.every(({ line, message }, index) => line === 5 + 4 * index && / line 1:/.test(message)),
      ).toBe(true);
      expect(of('not-text')).toMatchObject([{ path: 'binary.md', line: 1, column: 1 }]);
      expect(of('unclosed-html')).toHaveLength(1);
    },
    TIMEOUT,
  );
});

/** What is wrong with places: counted, since an expectation for each of a million would take minutes. */
function faults(source: string, { document, chunks }: CutDocument): string[] {
  const found: string[] = [];
  let end = 0;
  for (const section of document.sections) {
    if (section.start !== end) found.push(`section ${section.anchor}`);
    end = section.end;
  }
  if (end !== source.length) found.push('end');
  let at = 0;
  for (const { start, end: chunkEnd, text, sentences } of chunks) {
    if (start < at || source.slice(start, chunkEnd) !== text) found.push(`chunk at ${start}`);
    for (const sentence of sentences) {
      const first = /[\p{L}\p{N}]+/u.exec(sentence.text)?.[0] ?? '';
      const written = source.slice(sentence.start, sentence.end);
      if (sentence.start < at || sentence.end > chunkEnd || !written.includes(first.slice(0, 100))) {
        found.push(`sentence at ${sentence.start}`);
      }
      at = sentence.end;
    }
    at = chunkEnd;
  }
  return found;
}
