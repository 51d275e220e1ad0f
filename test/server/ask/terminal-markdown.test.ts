import { describe, expect, test } from 'vitest';
import { makeTerminalMarkdown } from '../../../server/ask/terminal-markdown.ts';
import type { Paint } from '../../../server/proof-text.ts';

/** Styles as tags, so that a test can be read. */
const TAGS: Paint = {
  style: (style, text) => `<${String(style)}>${text}</>`,
  link: (text) => text,
};

function shown(...pieces: readonly string[]): string {
  const markdown = makeTerminalMarkdown(TAGS);
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
    expect(markdown.push('e**')).toBe('<bold>one</>');
  });
});
