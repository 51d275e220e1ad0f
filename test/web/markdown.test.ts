import { describe, expect, it } from 'vitest';
import { kindOf } from '../../knowledge/file-kinds.ts';
import { parseAnswer, parseDocument } from '../../web/markdown/parse.ts';
import { safeLink } from '../../web/markdown/safe-link.ts';
import { drawNode } from '../../web/markdown.tsx';
import { htmlOf } from './html-of.ts';

function draw(source: string, as: 'document' | 'answer' = 'document'): string {
  const { root, base } = as === 'document' ? parseDocument(source) : parseAnswer(source);
  const drawn = drawNode(root, {
    source,
    base,
    headingLevel: (depth) => depth,
    drawText: (run) => run.value,
    link: (url) => (as === 'document' ? safeLink(url, 'guides/start.md') : undefined),
  });
  return htmlOf(drawn).replaceAll(/ dir="(?:auto|ltr)"/g, '');
}

describe('drawNode', () => {
  it('draws what Markdown and GFM have', () => {
    expect(draw('# One\n\nA *b* **c** ~~d~~ `e`  \nf')).toBe(
      '<h1>One</h1><p>A <em>b</em> <strong>c</strong> <del>d</del> <code>e</code><br>f</p>',
    );
    expect(draw('3. a\n4. b\n   - c')).toBe('<ol start="3"><li>a</li><li>b<ul><li>c</li></ul></li></ol>');
    expect(draw('- [x] done')).toContain('<input type="checkbox" checked disabled aria-label="Done">done');
    expect(draw('| a | b |\n| --- | ---: |\n| 1 | 2 |')).toContain('<td class="align-right">2</td>');
    expect(draw('```js\nlet a;\n```')).toContain('<CodeBlock text="let a;" language="js">let a;</CodeBlock>');
    expect(draw('> q\n\n---')).toBe('<blockquote><p>q</p></blockquote><hr>');
  });

  it('numbers a list that was quoted in part as it is written', () => {
    const items = '<li>a</li><li value="3">b</li><li>c</li><li value="8">d</li>';
    expect(draw('1. a\n3. b\n4. c\n8. d', 'answer')).toBe(`<ol start="1">${items}</ol>`);
    expect(draw('\uFEFF1. a\n3. b\n4. c\n8. d')).toBe(`<ol start="1">${items}</ol>`);
    expect(draw('- x\n\n  9) a\n  11) b', 'answer')).toContain(
      '<ol start="9"><li>a</li><li value="11">b</li>',
    );
  });

  it('raises and lowers what HTML does, which would read as another number', () => {
    expect(draw('10<sup>6</sup> of CO<SUB class="x">2</SUB>')).toBe(
      '<p>10<sup>6</sup> of CO<sub>2</sub></p>',
    );
    expect(draw('x<sup>**a** <sub>b</sub></sup>')).toBe('<p>x<sup><strong>a</strong> <sub>b</sub></sup></p>');
    expect(draw('10<sup>6, <sup onclick="x()">7</sub>')).toBe('<p>106, 7</p>');
  });

  it('counts a list on whose numbers don’t rise', () => {
    expect(draw('1. a\n1. b\n1. c')).toBe('<ol start="1"><li>a</li><li>b</li><li>c</li></ol>');
    expect(draw('3. a\n1. b\n2. c')).toBe('<ol start="3"><li>a</li><li>b</li><li>c</li></ol>');
  });

  it('leaves front matter out', () => {
    expect(draw('---\ntitle: T\n---\n\nText')).toBe('<p>Text</p>');
    expect(draw('+++\ntitle = "T"\n+++\n\nText')).toBe('<p>Text</p>');
  });

  it.each([
    '<script>alert(1)</script>',
    '<img src=x onerror=alert(1)>',
    '<svg onload=alert(1)>',
    '<iframe src="https://evil.example"></iframe>',
    'a <b onmouseover=alert(1)>c</b>',
    '# <img src=x onerror=alert(1)> heading',
    '![alt](https://evil.example/x.png)',
    '![alt][ref]\n\n[ref]: https://evil.example/x.png',
    '[a](javascript:alert(1))',
    '[a](JaVaScRiPt:alert(1))',
    '[a](java&#9;script:alert(1))',
    '[a](&#1;javascript:alert(1))',
    '[a](data:text/html,<script>1</script>)',
    '[a](vbscript:x)',
    '[a](//evil.example)',
    '[a](<java script:alert(1)>)',
    '[a](<https: //evil.example>)',
    '[a](<https://evil.example/ .md>)',
    '[a](</ /evil.example>)',
    '[a](\\\\evil.example)',
    '[a](http://evil.example)',
    '[a][ref]\n\n[ref]: javascript:alert(1)',
    '<javascript:alert(1)>',
    '[a](file:///etc/passwd)',
  ])('draws neither script, image nor bad link from %j', (source) => {
    for (const as of ['document', 'answer'] as const) {
      const html = draw(source, as);
      expect(html).not.toMatch(/<(script|img|svg|iframe|b|a)\b/);
      expect(html).not.toMatch(/<[^>]*\s(on\w+|src|href|style)=/i);
    }
  });

  it('shows HTML in an answer as the text that it is', () => {
    expect(draw('a <b>c</b>', 'answer')).toBe('<p>a &lt;b>c&lt;/b></p>');
  });

  it('keeps the words between the tags of a document', () => {
    expect(draw('<details>\n<summary>More</summary>\nWords\n</details>')).toContain('More');
  });

  it.each(['md', 'markdown', 'mdx', 'txt', 'html', 'htm', 'HTML'])(
    'links to documents that end in .%s',
    (ending) => {
      expect(kindOf(`notes.${ending}`)).toBeDefined();
      expect(safeLink(`notes.${ending}#x`, 'guides/start.md')?.href).toBe(`/docs/guides/notes.${ending}#x`);
    },
  );

  it.each(['notes.pdf', 'notes', 'notes.md/', '.md', 'notes.exe', 'a b.zip'])(
    'does not link to %s',
    (target) => {
      expect(safeLink(target, 'guides/start.md')).toBeUndefined();
    },
  );

  it('says what an image shows', () => {
    expect(draw('![A plan](plan.png)')).toBe('<p><span class="image-alt">Image: A plan</span></p>');
  });

  it('links to other documents, https and mail', () => {
    expect(draw('[a](../rmm.md#x)')).toBe('<p><a href="/docs/rmm.md#x">a</a></p>');
    expect(draw('[a](#x)')).toBe('<p><a href="/docs/guides/start.md#x">a</a></p>');
    expect(draw('<https://a.example/b>')).toContain('rel="noopener noreferrer nofollow" target="_blank"');
    expect(draw('[a](mailto:a@b.example)')).toContain('href="mailto:a@b.example"');
    expect(safeLink('/docs/rmm.md#x', '')).toEqual({ href: '/docs/rmm.md#x', external: false });
    expect(draw('[a](<my doc.md>)')).toBe('<p><a href="/docs/guides/my%20doc.md">a</a></p>');
    expect(draw('[a](my%20doc.md#b)')).toBe('<p><a href="/docs/guides/my%20doc.md#b">a</a></p>');
    expect(safeLink('../../../etc/passwd', 'a.md')).toBeUndefined();
  });
});
