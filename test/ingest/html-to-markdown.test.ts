import { describe, expect, it } from 'vitest';
import { decodeHtml } from '../../ingest/decode-html.ts';
import { fileText } from '../../ingest/file-text.ts';
import { htmlToMarkdown } from '../../ingest/html-to-markdown.ts';

const page = `<!doctype html>
<html><head><meta charset="utf-8"><title>Setup guide | Acme</title><style>p{}</style></head>
<body><header><a href="/">Home</a></header><nav><ul><li>Menu</li></ul></nav>
<main>
<section id="setup"><h1>Setup guide<a class="headerlink" href="#setup">¶</a></h1>
<p>Read <a href="other.html#x">the other page</a>, {{ not a tag }}, a_b *c* &lt;d&gt;.</p></section>
<h2 id="custom">Second <em>part</em></h2>
<a name="old"></a>
<table><tr><th>Plan</th><th>Days</th></tr><tr><td>Basic</td><td>20</td></tr></table>
<pre><code class="language-js">run({{x}})</code></pre>
<img src="data:image/png;base64,AAAA" alt="Logo"><img src="data:image/png;base64,AAAA">
<p hidden>secret</p><button>Copy</button><script>alert(1)</script><footer>Next page</footer>
</main><footer>(c) Acme</footer></body></html>`;

describe('htmlToMarkdown', () => {
  it('gives the main content with its headings, ids, links, tables and code, and nothing around it', () => {
    expect(htmlToMarkdown(page).source).toBe(`# <a id="setup"></a>Setup guide

Read [the other page](other.html#x), \\{{ not a tag }}, a_b \\*c\\* \\<d>.

## <a id="custom"></a>Second *part*

<a id="old"></a>

| Plan | Days |
| - | - |
| Basic | 20 |

\`\`\`js
run({{x}})
\`\`\`

Logo
`);
  });

  it('names the title and the audience of the page in front matter', () => {
    const html = '<title>Leave &amp; pay</title><meta name="Audience" content="hr, leads"><p>Text.';
    expect(htmlToMarkdown(html).source).toBe(
      '---\ntitle: "Leave & pay"\naudience: ["hr","leads"]\n---\n\nText.\n',
    );
  });

  it.each([
    ['nothing', '', ''],
    ['only scripts', '<body><div id="root"></div><script src="app.js"></script></body>', ''],
    ['no page around it', 'plain <b>bold', 'plain **bold**\n'],
    ['tags that are never closed', '<p>one<p>two</div></td>', 'one\n\ntwo\n'],
    ['no main part', '<body><nav>Menu</nav><header>Acme</header><p>Text</p><footer>(c)</footer>', 'Text\n'],
    ['two articles', '<article>one</article><article>two</article>', 'one\n\ntwo\n'],
    ['powers', '10<sup>6</sup>, m<sup>2</sup>, e<sup>-x + 1</sup>', '10^6, m^2, e^(-x + 1)\n'],
    ['indices', 'CO<sub>2</sub> and x<sub>i</sub>', 'CO₂ and x_i\n'],
    ['ordinals, marks and notes', '1<sup>st</sup> A<sup>TM</sup><sup>[2]</sup>', '1st A™\\[2]\n'],
    ['a linked note', 'so<sup><a href="#n">1</a></sup>', 'so[1](#n)\n'],
    ['a button in a sentence', '<p>Click <button>Save</button>.', 'Click Save.\n'],
    ['a bold button', '<div>Click <b>the <button>Save</button></b></div>', 'Click **the Save**\n'],
    [
      'buttons for the text',
      '<li>npm i <button>Copy</button><h2>Run <button>Link</button></h2>',
      '- npm i\n  ## Run\n',
    ],
    ['a button alone', '<div><p>Text</p><button>Next</button></div><p><button>Top</button></p>', 'Text\n'],
    ['two main parts', '<main><p>one</main>aside<div role="main">two</div>', 'one\n\ntwo\n'],
    ['a hidden main part', '<main hidden>one</main><main>two</main>', 'two\n'],
    ['an empty main part', '<main><nav>Menu</nav></main><article>it</article>', 'it\n'],
    ['nothing but an empty main part', '<main></main><nav>Menu</nav><p>it</p>', 'it\n'],
    ['one article', '<div>aside</div><article><p>it</p></article>', 'it\n'],
  ])('reads HTML with %s', (_what, html, source) => {
    expect(htmlToMarkdown(html).source).toBe(source);
  });

  it('says of a page nested too deeply that it is', () => {
    expect(() => fileText('a.html', `${'<div>'.repeat(20_000)}x`)).toThrow(/nested too deeply/);
  });

  it('knows in which line of the page a block begins', () => {
    const { source, lines, lineOffset } = fileText('a.html', page);
    const lineOf = (text: string) => lines.slice(0, lineOffset(source.indexOf(text))).split('\n').length;
    expect([lineOf('Read'), lineOf('Second'), lineOf('Basic'), lineOf('run(')]).toEqual([6, 7, 9, 10]);
  });
});

describe('decodeHtml', () => {
  const latin = (text: string) => Buffer.from(text, 'latin1');

  it('reads the charset that a page declares, or its byte order mark', () => {
    expect(decodeHtml(latin('<meta charset="ISO-8859-1"><p>Stra\xDFe'))).toEqual({
      text: '<meta charset="ISO-8859-1"><p>Straße',
    });
    const older = '<meta http-equiv="Content-Type" content="text/html; charset=windows-1252">\x80';
    expect(decodeHtml(latin(older)).text).toMatch(/€$/);
    expect(decodeHtml(Buffer.from('\uFEFF<p>ü', 'utf16le'))).toEqual({ text: '<p>ü' });
    expect(decodeHtml(Buffer.from('\uFEFF<p>ü'))).toEqual({ text: '<p>ü' });
  });

  it.each([
    ['declares nothing and is not UTF-8', latin('<p>Stra\xDFe'), /^is not UTF-8: name its charset/],
    ['is not what it declares', latin('<meta charset=utf-8>\xDF'), /^is not utf-8, as it declares/],
    ['declares what does not exist', latin('<meta charset=klingon>'), /unknown charset "klingon"/],
    ['holds a NUL', Buffer.from('<p>\0'), /NUL byte/],
  ])('says why a page can’t be read that %s', (_what, bytes, fault) => {
    expect(decodeHtml(bytes).fault?.message).toMatch(fault);
  });
});
