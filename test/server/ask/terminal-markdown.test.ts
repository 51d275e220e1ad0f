import { describe, expect, test } from 'vitest';
import { toQuotable } from '../../../server/answer/quote-markdown.ts';
import { makeTerminalMarkdown } from '../../../server/ask/terminal-markdown.ts';
import type { Paint } from '../../../server/proof-text.ts';

/** Styles as tags, so that a test can be read. */
const TAGS: Paint = {
  style: (style, text) => `<${String(style)}>${text}</>`,
  link: (text, address) => `<${address}>${text}</>`,
};

const openable = (url: string) => (url.startsWith('https:') ? url : undefined);

function shown(...pieces: readonly string[]): string {
  const markdown = makeTerminalMarkdown(TAGS, openable);
  return pieces.map((piece) => markdown.push(piece)).join('') + markdown.flush();
}

/** Tags closed and opened again where a piece ended say the same. */
const SAMPLES = [
  {
    source: 'An **agent** runs `ping` there. [1]',
    shown: 'An <bold>agent</> runs <yellow>ping</> there. <cyan>[1]</>',
  },
  {
    source: 'See [the attack](/docs/a.md#b), [1][2].',
    shown: 'See <underline>the attack</>, <cyan>[1]</><cyan>[2]</>.',
  },
  { source: '## How it works\n\nWell.', shown: '<bold>How it works</>\n\nWell.' },
  { source: '```sh\nls **x**\n```\nDone.', shown: '<dim>```sh</>\n<yellow>ls **x**</>\n<dim>```</>\nDone.' },
  { source: 'a * b, 2 ** 3, \\[1\\] and [x', shown: 'a * b, 2 ** 3, [1] and [x' },
  { source: '- **Price.** Agreed\n- Two', shown: '- <bold>Price.</> Agreed\n- Two' },
  { source: 'Is \\*not\\* and \\*\\*not\\*\\* bold', shown: 'Is *not* and **not** bold' },
  { source: 'No \\[link\\](y) and \\`no code\\`.', shown: 'No [link](y) and `no code`.' },
  { source: '**1\\. Req** is _at\\_hand_', shown: '<bold>1. Req</> is <italic>at_hand</>' },
  {
    source: 'A [label \\[x\\] **b**](https://x.example/a_b_c).',
    shown: 'A <https://x.example/a_b_c><underline>label [x] <bold>b</></></>.',
  },
  { source: '`a\\*b` stays, ``c`d`` too', shown: '<yellow>a\\*b</> stays, <yellow>c`d</> too' },
  { source: 'snake_case_name, 3 * 4 * 5, a* b', shown: 'snake_case_name, 3 * 4 * 5, a* b' },
  {
    source: 'Said (see [the [1] note]). [1][12]',
    shown: 'Said (see [the <cyan>[1]</> note]). <cyan>[1]</><cyan>[12]</>',
  },
  { source: 'Q&amp;A of <b> &lt;here&gt;', shown: 'Q&A of <b> <here>' },
  { source: '## 1\\. The **plan** \\[x\\]', shown: '<bold>1. The plan [x]</>' },
  {
    source: '1. **One**\n   - two `x`\n    > three',
    shown: '1. <bold>One</>\n   - two <yellow>x</>\n    > three',
  },
  {
    source: '````md\n```\n**x**\n```\n````\n**y**',
    shown: '<dim>````md</>\n<yellow>```</>\n<yellow>**x**</>\n<yellow>```</>\n<dim>````</>\n<bold>y</>',
  },
];

/** What a text file holds has no marks: every sign is shown as it stands there. */
const TEXTS = [
  'Press *any* key_to_go on [1], see [x](y) & `z` <b> ~~no~~',
  '# 1. Not a heading\n- an entry_with_marks\n+ another\n10) last | one',
  '``` no fence\n\\* a backslash \\\\ two',
];

describe('Markdown in a terminal', () => {
  test.each(SAMPLES)('$source', ({ source, shown: wanted }) => {
    expect(shown(source)).toBe(wanted);
  });

  test.each(SAMPLES)('cut at every character, the same: $source', ({ source, shown: wanted }) => {
    for (let at = 1; at < source.length; at++) {
      expect(shown(source.slice(0, at), source.slice(at)), `cut at ${at}`).toBe(wanted);
    }
    expect(shown(...source)).toBe(wanted);
  });

  test('plain words are shown as they come', () => {
    const markdown = makeTerminalMarkdown(TAGS);
    expect(markdown.push('An agent ')).toBe('An agent ');
    expect(markdown.push('runs **on')).toBe('runs ');
    expect(markdown.push('e** [1')).toBe('<bold>one</> ');
    expect(markdown.push('], ')).toBe('<cyan>[1]</>, ');
  });

  test('what never becomes a mark is shown after a while', () => {
    const markdown = makeTerminalMarkdown(TAGS);
    expect(markdown.push(`a *b ${'word '.repeat(200)}`)).toContain('a *b word word');
  });

  test.each(TEXTS)('a text file’s words, quoted: %s', (text) => {
    const quoted = toQuotable(text, 'notes.txt').text;
    expect(shown(quoted)).toBe(text);
    expect(shown(...quoted)).toBe(text);
  });
});
