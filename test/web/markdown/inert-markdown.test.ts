import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';
import { describe, expect, it } from 'vitest';
import { inertEdits, withEdits } from '../../../web/markdown/inert-markdown.ts';

const own = (url: string) => (url.startsWith('/docs/') ? `https://docent.example${url}` : undefined);

function inert(markdown: string): string {
  return withEdits(markdown, inertEdits(markdown, own));
}

/** As the most trusting of viewers draws it. */
function drawn(markdown: string): string {
  return micromark(markdown, {
    allowDangerousHtml: true,
    allowDangerousProtocol: true,
    extensions: [gfm()],
    htmlExtensions: [gfmHtml()],
  });
}

describe('an answer’s Markdown elsewhere', () => {
  it.each([
    [
      'One **two** [1] `<b>` and [three](/docs/a.md#b).',
      'One **two** [1] `<b>` and [three](https://docent.example/docs/a.md#b).',
    ],
    ['- a\n- b\n\n| a | b |\n| - | - |\n| 1 | 2 |', '- a\n- b\n\n| a | b |\n| - | - |\n| 1 | 2 |'],
    ['[words](https://evil.example)', 'words'],
    ['![a *plan*](https://evil.example/x.png)', 'a plan'],
    [
      'See https://evil.example/a or <https://evil.example>.',
      'See `https://evil.example/a` or `https://evil.example`.',
    ],
    ['a < b \\< c', 'a \\< b \\< c'],
  ])('%j becomes %j', (markdown, expected) => {
    expect(inert(markdown)).toBe(expected);
  });

  it.each([
    '<script>alert(1)</script>',
    'a <img src=x onerror=alert(1)> b',
    '    <script>alert(1)</script>',
    '\\\\<script>alert(1)</script>',
    '> <iframe src="https://evil.example"></iframe>',
    '- <svg onload=alert(1)>',
    '| <img src=x> |\n| - |\n| <b>a</b> |',
    '![a](https://evil.example/x.png)',
    '[![a](https://evil.example/x.png)](https://evil.example)',
    '![a][b]\n\n[b]: https://evil.example/x.png',
    '[b]\n\n[b]: https://evil.example/x.png',
    '[^1]\n\n[^1]: ![a](https://evil.example/x.png)',
    '[a](javascript:alert(1))',
    '<javascript:alert(1)>',
    '[a](<javascript:alert(1)>)',
    '[a [b](https://evil.example) c](https://evil.example)',
  ])('%j neither runs, fetches nor links', (markdown) => {
    expect(drawn(inert(markdown))).not.toMatch(
      /<(?!\/?(?:p|pre|code|ul|ol|li|blockquote|table|t\w+|section|h2|sup|a (?:href="#|data-footnote)|\/a)\b)|<a href="(?!#)/i,
    );
  });
});
