import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readPage } from '../../ingest/check-docs.ts';
import { cutDocument } from '../../ingest/cut-document.ts';
import { FileFault } from '../../ingest/file-fault.ts';
import { type FileText, fileText } from '../../ingest/file-text.ts';
import { parseSections } from '../../ingest/parse-sections.ts';
import { countWords } from './count-words.ts';
import { checkPromises } from './cut-promises.ts';

/** Words that no piece of markup holds, to be found again. */
const words = fc.integer({ min: 1, max: 999 }).map((number) => `word${number}`);

const mdxPiece = fc.oneof(
  words,
  fc.constantFrom(
    ...[
      ' ',
      '\n',
      '\n\n',
      '\r\n',
      '. ',
      "{' '}",
      '{max}',
      '{`a\nb`}',
      "{'- x'}",
      '{/* no */}',
      '{}',
      '{"\\u00e9 {b}"}',
    ],
    ...[
      '<A>',
      '</A>',
      '<Icon />',
      '<Max/>',
      '<b>',
      '</b>',
      '<Tab\n  a="b">',
      '</Tab>',
      '<Card href="./gone.md" />',
    ],
    ...[
      '# ',
      '## ',
      '- ',
      '> ',
      '**',
      '`',
      '| a | b |\n| - | - |\n| ',
      '```js\n',
      '\n```\n',
      '<!-- x -->',
      '{/*\n## H\n*/}',
    ],
    ...[
      'import a from "b"\n',
      'export const c = {\n\n  d: 1 }\n',
      '---\ntitle: T\n---\n',
      '\uFEFF',
      '{a ||\n  b}',
    ],
  ),
);
const htmlPiece = fc.oneof(
  words,
  fc.constantFrom(
    ...[
      ' ',
      '\n',
      '. ',
      '<main>',
      '</main>',
      '<article>',
      '</article>',
      '<p>',
      '</p>',
      '<h1>',
      '</h1>',
      '<h2 id="x">',
      '</h2>',
    ],
    ...[
      '<button>',
      '</button>',
      '<sup>',
      '</sup>',
      '<sub>',
      '</sub>',
      '<ul><li>',
      '</li>',
      '</ul>',
      '<table><tr><td>',
      '</table>',
    ],
    ...[
      '<a href=gone.md>',
      '</a>',
      '<img src=x.png>',
      '<pre><code>',
      '</code></pre>',
      '<br>',
      '&amp;',
      '&',
      '<',
      '>',
      '{{ x }}',
    ],
    ...[
      '<div>',
      '</div>',
      '<nav>',
      '</nav>',
      '<!--',
      '-->',
      '<script>',
      '</script>',
      '<title>T</title>',
      '*',
      '_',
      '#',
      '`',
      '|',
    ],
  ),
);

describe.each([
  ['mdx', fc.array(mdxPiece, { maxLength: 40 })],
  ['html', fc.array(htmlPiece, { maxLength: 60 })],
])('any .%s', (extension, pieces) => {
  const path = `a.${extension}`;

  it('is cut as promised, or refused with a place', () => {
    fc.assert(
      fc.property(pieces, (written) => {
        const file = written.join('');
        const text = textOf(path, file);
        if (!text) return;
        const { source, lines, lineOffset } = text;
        expect(lines).toBe(file);
        checkPromises(source, cutDocument({ path, source, changedAt: '', countTokens: countWords }));
        for (let at = 0; at <= source.length; at += 7) {
          expect(lineOffset(at)).toBeLessThanOrEqual(file.length);
          if (extension === 'mdx') expect(lineOf(file, lineOffset(at))).toBe(lineOf(source, at));
        }
      }),
      { numRuns: 400 },
    );
  });

  it('has its findings inside the file', () => {
    fc.assert(
      fc.property(pieces, (written) => {
        const file = written.join('');
        const text = textOf(path, file);
        if (!text) return;
        const page = readPage({ path, absolutePath: `/${path}` }, parseSections(path, text.source), text);
        const ends = file.split(/\r\n|\n|\r/);
        for (const { line, column } of page.findings) {
          expect(column).toBeLessThanOrEqual((ends[line - 1] ?? '').length + 1);
        }
      }),
      { numRuns: 400 },
    );
  });
});

it('MDX keeps every word outside its code in its line', () => {
  fc.assert(
    fc.property(fc.array(mdxPiece, { maxLength: 40 }), (written) => {
      const text = textOf('a.mdx', written.join(''));
      // What follows an export may still be a part of it.
      if (!text || /import|export/.test(text.lines)) return;
      const shown = text.source.split('\n');
      const file = text.lines.replace(/^\uFEFF/, '').split('\n');
      expect(shown).toHaveLength(file.length);
      for (const [index, line] of file.entries()) {
        if (/[{}<>]/.test(line)) continue;
        for (const [word] of line.matchAll(/word\d+/g)) expect(shown[index]).toContain(word);
      }
    }),
    { numRuns: 400 },
  );
});

function textOf(path: string, file: string): FileText | undefined {
  try {
    return fileText(path, file);
  } catch (error) {
    if (!(error instanceof FileFault)) throw error;
    expect(error.place).toBeDefined();
    return undefined;
  }
}

function lineOf(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length;
}
