import { describe, expect, it } from 'vitest';
import { cutDocument } from '../../ingest/cut-document.ts';
import { mdxToMarkdown } from '../../ingest/mdx-to-markdown.ts';
import { checkPromises } from './cut-promises.ts';

const page = `---
title: Install
---
import Tabs from '@theme/Tabs'
export const facts = {
  one: 1,

  two: 2,
}

# Install <Badge text="new" /> {#setup}

<!-- a note to authors -->
<Note type={warn}>
Back up *first*, says {props.author} <Icon name="x"/>
and then start.
</Note>

- Pick a system:

  <Tab label="Linux">
    Run the <a href="run.md">installer</a>.
    <Card title="Tip">
      Wait for it.
    </Card>
  </Tab>

\`\`\`js
import x from 'y'
<Kept prop={1} />
\`\`\`

{facts.one && <p>Never shown</p>}
`;

describe('mdxToMarkdown', () => {
  it('leaves the Markdown, each line in its place, and none of the code', () => {
    const source = mdxToMarkdown(page).source;
    const lines = source.split('\n');
    expect(lines).toHaveLength(page.split('\n').length);
    for (const text of ['Back up *first*', 'and then start.', 'Wait for it.', "import x from 'y'"]) {
      const line = page.split('\n').findIndex((each) => each.includes(text));
      expect(lines[line]).toContain(text);
    }
    const { document, chunks } = cutDocument({
      path: 'a.mdx',
      source,
      changedAt: '',
      countTokens: (text) => text.split(/\s+/).length,
    });
    checkPromises(source, { document, chunks });
    expect(document.title).toBe('Install');
    expect(document.sections.map(({ anchor }) => anchor)).toEqual(['', 'setup']);
    expect(chunks.flatMap(({ sentences }) => sentences.map(({ text }) => text))).toEqual([
      'Back up first, says {props.author} and then start.',
      'Pick a system:',
      'Run the installer.',
      'Wait for it.',
      "import x from 'y' <Kept prop={1} />",
    ]);
  });

  it('leaves Markdown without code as it is, be its line ends of any kind', () => {
    const source = '\uFEFF# A\r\n\r\nText `{x}` and a\\<b.\r\n\r\n| a | b |\r\n| - | - |\r\n| 1 | 2 |\r\n';
    expect(mdxToMarkdown(source).source).toBe(source.slice(1));
    expect(mdxToMarkdown('').source).toBe('');
  });

  it.each([
    ['words of two components', "<A>foo</A>{' '}<B>bar</B>", 'foo bar'],
    ['components side by side', '<Tab>foo</Tab><Tab>bar</Tab>', 'foo bar'],
    ['a template', '{`literal text`} shown', 'literal text shown'],
    ['an expression', 'Never more than {max}.', 'Never more than `{max}`.'],
    ['a component for a word', 'Wait <Max/> days.', 'Wait `<Max/>` days.'],
    ['an icon', 'Press <SaveIcon /> now', 'Press  now'],
    ['a heading', '# V {v} <Badge text="1" />', '# V `{v}`'],
    [
      'signs in a string',
      "Use {'{a*b*}'} {'<c> \\u00e9\\n'}.",
      'Use &#123;a&#42;b&#42;&#125; &#60;c&#62; é .',
    ],
    ['a mark in a string', "{'- '}x and {'# y'}", '&#45; x and &#35; y'],
    ['comments and nothing', 'a{/* x */} b{true} c{\n  // y\n}', 'a b c\n&nbsp;\n&nbsp;'],
    ['numbers', '{42} days', '42 days'],
    ['lines of a tag', 'Read the <Link\n  to="x"\n  title="y">guide</Link>.', 'Read the\n&nbsp;\nguide.'],
    ['lines of an expression', 'x {a ||\n  `b`\n} y', 'x `{a ||`\n`` `b` ``\n`}` y'],
    ['lines of a template', '{`only\n\n- two`}', 'only\n\n&#45; two'],
    ['a block of code', 'a\n\n{list.map((x) => <p>{x}</p>)}\n\nb', 'a\n\n\n\nb'],
  ])('keeps the words of a sentence whole: %s', (_what, written, shown) => {
    expect(mdxToMarkdown(written).source).toBe(shown);
  });

  it.each([
    ['an open expression', '# A\n\nText { here', 'line 3'],
    ['a broken import', 'import {\n\nText', 'line 3'],
    ['a tag that is none', 'Text\n\n<3 you', 'line 3'],
  ])('names the line of %s', (_what, source, line) => {
    expect(() => mdxToMarkdown(source)).toThrow(
      expect.objectContaining({
        code: 'file_unreadable',
        message: expect.stringMatching(new RegExp(`^is not valid MDX \\(${line}: .*rename it to \\.md`)),
      }),
    );
  });
});
