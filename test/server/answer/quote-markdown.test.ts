import fc from 'fast-check';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { toString as plainOf } from 'mdast-util-to-string';
import { describe, expect, test } from 'vitest';
import { escapeMarkdown, pageAddress, toQuotable } from '../../../server/answer/quote-markdown.ts';

describe('a piece of a document, made quotable', () => {
  test.each([
    ['a link to a file beside it', 'See [the page](b.md#part).', 'See [the page](/docs/guide/b.md#part).'],
    ['a link upwards', '[x](../a%20b.md)', '[x](/docs/a%20b.md)'],
    ['a link to its own page', '[x](#part)', '[x](/docs/guide/a.md#part)'],
    ['a link from the root', '[x](/top.md)', '[x](/docs/top.md)'],
    ['brackets in an address', '[x](<a (1) b.md>)', '[x](/docs/guide/a%20%281%29%20b.md)'],
    ['a link elsewhere, without its title', '[x](https://a.org/b "T")', '[x](https://a.org/b)'],
    ['a link that could run something', 'a [x](javascript:alert(1)) b', 'a x b'],
    ['a link that shows nothing', 'a [](b.md) b', 'a  b'],
    ['a bare address', 'https://a.org and <https://b.org>', 'https://a.org and <https://b.org>'],
    ['bold words in a link', '[**x** y](b.md)', '[**x** y](/docs/guide/b.md)'],
    ['a reference link', 'See [the page][1] and [that][].', 'See the page and that.'],
    ['a reference link with its definition', '[x][r]\n\n[r]: b.md', 'x\n\n[r]: b.md'],
    ['bold words in a reference link', '[**x** y][r]', '**x** y'],
    ['footnote marks', 'True.[^1] So[^note]!', 'True. So!'],
    ['an image', '![a chart](c.png) shows', 'a chart shows'],
    ['an image by reference', '![a chart][c] shows', 'a chart shows'],
    ['an image that is a link', '[![a chart](c.png)](b.md)', '[a chart](/docs/guide/b.md)'],
    ['tags', 'Press <kbd>Ctrl</kbd> <!-- not here -->now', 'Press Ctrl now'],
    ['a power', '10<sup>6</sup> m<SUP class="x">-2</SUP>', '10^6 m^-2'],
    ['raised letters, and what is lowered', 'the 1<sup>st</sup> CO<sub>2</sub>', 'the 1st CO2'],
    ['line breaks in HTML', 'one<br>two<br />three', 'one two three'],
    ['a template’s link', '[the page]({% link b.md %}) here', 'the page here'],
    ['a template’s address', '[x]({{ site.baseurl }}/b)', 'x'],
    ['a template’s tags', 'a{% include x.html %} b{{ page.title }}', 'a b'],
    ['what a template’s tag shows', 'in {% channel "news" %}{% image "_img/a.png" "b" %}', 'in news'],
    ['what would read as a citation', 'As in [1] and [12][3].', 'As in \\[1] and \\[12]\\[3].'],
    ['what is escaped already', 'As in \\[1].', 'As in \\[1].'],
    ['a list’s index', 'list[i][j] stays', 'list[i][j] stays'],
    ['code', '`[1] [a](b.md) {% x %}` <b>', '`[1] [a](b.md) {% x %}` '],
    ['a code block', '```\n[a](b.md) ![x](y) [^1] {{ z }}\n```', '```\n[a](b.md) ![x](y) [^1] {{ z }}\n```'],
    ['code that never ends', '```\n[a][b] [^1]', '```\n[a][b] [^1]'],
  ])('%s', (_, markdown, shown) => {
    expect(toQuotable(markdown, 'guide/a.md').text).toBe(shown);
  });

  test('each word keeps its place, whatever stands around it', () => {
    const pieces = fc.constantFrom(
      '[word](b.md)',
      '[word](javascript:x)',
      '[word][ref]',
      '![word](c.png)',
      'word[^1]',
      '[1]',
      '<b>word</b>',
      '<!-- gone -->',
      '{% gone %}',
      '[word]({% gone %})',
      '`[word](b.md)`',
      '**word**',
      'word',
      'é—“word”',
      '\n',
      '| word |',
      '- word\n',
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 14 }), (parts) => {
        let n = 0;
        const markdown = parts.map((part) => part.replaceAll('word', () => `w${n++}x`)).join(' ');
        const quotable = toQuotable(markdown, 'a.md');
        for (const { 0: word, index } of markdown.matchAll(/w\d+x/g)) {
          if (!quotable.text.includes(word) || markdown.slice(0, index).endsWith('![')) continue;
          expect(quotable.text.slice(quotable.at(index), quotable.at(index + word.length))).toBe(word);
        }
        expect(quotable.at(0)).toBe(0);
        expect(quotable.at(markdown.length)).toBe(quotable.text.length);
      }),
    );
  });

  test('of the words shown none is lost', () => {
    const words = 'A [link](b.md), a [ref][r], **bold [1] words** and `code` in one line.';
    const shown = plainOf(fromMarkdown(toQuotable(words, 'a.md').text));
    expect(shown).toBe('A link, a ref, bold [1] words and code in one line.');
  });
});

describe('the page that a link opens', () => {
  test.each([
    ['b.md', 'a.md', '/docs/b.md'],
    ['b.md', 'täm (1)/ö b.md', '/docs/t%C3%A4m%20%281%29/b.md'],
    ['日本.md#部', 'x/a.md', '/docs/x/%E6%97%A5%E6%9C%AC.md#%E9%83%A8'],
    ['../../../etc/passwd', 'x/a.md', '/docs/etc/passwd'],
    ['', 'a.md', '/docs/a.md'],
    ['b.md?raw=1', 'a.md', '/docs/b.md'],
    ['mailto:a@b.org', 'a.md', 'mailto:a@b.org'],
    ['HTTPS://a.org/(x)', 'a.md', 'HTTPS://a.org/%28x%29'],
  ])('%s in %s', (url, path, address) => {
    expect(pageAddress(url, path)).toBe(address);
  });

  test.each([
    'javascript:alert(1)',
    'JAVASCRIPT:alert(1)',
    'data:text/html,x',
    '//evil.org/x',
    'file:///etc/passwd',
  ])('none for %s', (url) => {
    expect(pageAddress(url, 'a.md')).toBeUndefined();
  });
});

test('escaped text shows just itself', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1, unit: fc.constantFrom(...'a1 *_[]<>#-+=.)`~|&!\\(') }), (raw) => {
      const text = `x${raw.replace(/\s+/g, ' ').trim()}`;
      expect(plainOf(fromMarkdown(escapeMarkdown(text)))).toBe(text);
    }),
  );
  for (const text of ['1. First', '- dash', '# One', '+ plus', '[1] cited', '<b>', '*a*'])
    expect(plainOf(fromMarkdown(escapeMarkdown(text)))).toBe(text);
});
