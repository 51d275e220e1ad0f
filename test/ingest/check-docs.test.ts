import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkDocs, countFindings } from '../../ingest/check-docs.ts';
import { shared } from '../shared.ts';
import { tempFolder } from './temp-folder.ts';

/** `path:line:column rule message` of each finding. */
async function check(files: Readonly<Record<string, string | Uint8Array>>): Promise<string[]> {
  const { findings } = await checkDocs(tempFolder(files));
  return findings.map(
    ({ path, line, column, rule, message }) => `${path}:${line}:${column} ${rule} ${message}`,
  );
}

describe('checkDocs', () => {
  it('finds nothing in good docs', async () => {
    const findings = await check({
      'a.md':
        '# A\n\nSee [b](sub/b.md#two--three), [below](#more), ![](pic.png), [dir](sub/), [x](https://x.org/no).\n\n## More\n\nText[^1].\n\n[^1]: Note.',
      'sub/b.md':
        '# B\n\n<a id="own"></a>\n\n[a](../a.md "t"), [own](#own), [here](b.md?raw=1#two--three), [q](ü%20x.md), [top](#top)\n\n## Two & three\n\nText.',
      'sub/ü x.md': '# Other\n\n```md\n[no](missing.md)\n## \n<!-- # h -->\n```\n\n`[no](missing.md)`',
      'pic.png': 'png',
    });
    expect(findings).toEqual([]);
  });

  it('finds broken links and anchors across files, and says what was meant', async () => {
    const findings = await check({
      'a.md':
        '# A\n\n[1](b) and [2](b.md#two_three) and [3](#gone)\n<a href="c.md">4</a>\n\n![5](no.png) [6][ref] [7](%zz)\n\n[ref]: sub/gone.md',
      'b.md': '# B\n\nText.\n\n## Two: three\n\nText. [out](../out.md) [root](/a.md) [bad](/no.md)',
    });
    expect(findings).toEqual([
      'a.md:3:1 broken-link b leads to no file; did you mean b.md?',
      'a.md:3:12 broken-anchor #two_three is no heading of b.md; did you mean #two-three?',
      'a.md:3:36 broken-anchor #gone is no heading of this file',
      'a.md:4:1 broken-link c.md leads to no file',
      'a.md:6:1 broken-link no.png leads to no file',
      'a.md:6:23 broken-link %zz is not a valid address',
      'a.md:8:1 broken-link sub/gone.md leads to no file',
      'b.md:7:7 broken-link ../out.md leads out of the docs folder and to nothing',
      'b.md:7:38 broken-link /no.md leads to no file',
    ]);
  });

  it('finds headings that are hard to link to, to cite or to see', async () => {
    const findings = await check({
      'a.md':
        '# A\n\nText.\n\n### Skipped\n\nText.\n\n## Same\n\nText.\n\n## Same\n\nText.\n\n## Empty\n\n##NoSpace\n\nText.\n##InText\n\n<!--\n# Hidden\n-->\n',
      'b.md': `---\ntitle: [\n---\n\n# B\n\n${'word '.repeat(1001)}`,
    });
    expect(findings).toEqual([
      'a.md:5:1 skipped-level a level 3 heading follows one of level 1: make it level 2',
      'a.md:13:1 duplicate-heading has the same anchor stem "same" as the heading in line 9: reword one of them',
      'a.md:17:1 empty-section has nothing under its heading: write it, or remove it',
      'a.md:19:1 heading-space a heading needs a space after its #, else most renderers show it as text',
      'a.md:22:1 heading-space a heading needs a space after its #, else most renderers show it as text',
      'a.md:25:1 hidden-heading a heading in a comment is not shown: take it out of the comment, or remove it',
      expect.stringMatching(/^b\.md:1:1 front-matter can't be read and is ignored: /),
      'b.md:5:1 long-section is 1001 words long, too long to cite well: part it by headings (at most 1000)',
    ]);
  });

  it('names files that cannot be read', async () => {
    const findings = await check({
      'a.md': '# A\n\n[Deep](deep.md#x)',
      'bad.md': Buffer.from([0x61, 0xff]),
      'deep.md': '>'.repeat(4000),
    });
    expect(findings).toEqual([
      "a.md:3:1 unchecked-link #x can't be looked for: deep.md could not be read",
      'bad.md:1:2 not-utf8 is not UTF-8 (line 1): save it as UTF-8',
      'deep.md:1:1 unreadable has blocks nested too deeply to be read: flatten them',
    ]);
  });

  it('says where and why files cannot be read', async () => {
    const findings = await check({
      'latin.md': Buffer.from('# A\n\nOne\n\nTwo: Stra\xDFe', 'latin1'),
      'nul.md': 'a\nb\0',
      'bad.mdx': '# A\n\nText {here',
      'page.html': Buffer.from('<p>\xDF', 'latin1'),
    });
    expect(findings.map((finding) => finding.replace(/(?<= is not \w+) .*/, ''))).toEqual(
      [
        'bad.mdx:3:11 not-mdx is not valid',
        'latin.md:5:10 not-utf8 is not UTF',
        'nul.md:2:2 not-text is not text',
        'page.html:1:1 not-utf8 is not UTF',
      ].map((finding) => expect.stringContaining(finding)),
    );
  });

  it('counts columns without a byte order mark', async () => {
    expect(await check({ 'a.md': '\uFEFF[x](no.md)\n\n[y](no.md)' })).toEqual([
      'a.md:1:1 broken-link no.md leads to no file',
      'a.md:3:1 broken-link no.md leads to no file',
    ]);
  });

  it('finds headings that lack their space, whatever they start with', async () => {
    const titles = [
      '1. Setup',
      '**Bold**',
      '[Link](#same)',
      '📦 X',
      '`code`',
      '\u00A0Same',
      '_it_',
      '“Quoted”',
    ];
    const source = `# A\n\nText.\n\n${titles.map((title) => `##${title}\n\nText.\n`).join('\n')}\n#\u00A0Top\n\nText.\n##1. Inside`;
    expect(await check({ 'a.md': source })).toEqual([
      ...[5, 9, 13, 17, 21, 25, 29, 33, 37, 40].map((line) =>
        expect.stringMatching(new RegExp(`^a\\.md:${line}:1 heading-space`)),
      ),
    ]);
    expect(await check({ 'a.md': '# A\n\n#general is our channel.\n\n#1 is open.\n\n##' })).toHaveLength(1);
  });

  it('finds what comments hide, also in MDX', async () => {
    const hidden = (place: string) => expect.stringMatching(new RegExp(`^${place} hidden-heading`));
    const files = {
      'a.md':
        '# A\n\nText `<!-- ## no -->`.\n\n<!--\nUnder\n=====\n-->\n\n{% comment %}\n## Liquid\n{% endcomment %}',
      'b.mdx': '# B\n\nText.\n\n{/*\n## Hidden\n*/}\n\n<!-- \n## Too\n-->\n\n```md\n<!--\n## no\n-->\n```',
      'c.md': '# C\n\nText.\n\n<!-- to do\n\n## Gone\n\nText.',
      'd.md': '# D\n\nText.\n\n<style>\np {}\n\n## Gone',
    };
    expect(await check(files)).toEqual([
      hidden('a\\.md:6:1'),
      hidden('a\\.md:11:1'),
      hidden('b\\.mdx:6:1'),
      hidden('b\\.mdx:10:1'),
      'c.md:5:1 unclosed-html a comment is opened here and never closed: headings and text below it are not read as such',
      expect.stringMatching(/^d\.md:5:1 unclosed-html <style> is opened/),
    ]);
  });

  it('knows the anchors of headings in quotes, lists and HTML, numbered as GitHub does', async () => {
    const files = {
      'a.md':
        '> ## Setup\n\n- # In a *list*\n\n<h2 align="center">Raw &amp; <b>bold</b></h2>\n\n<h2 id="own">T</h2>\n\n## Setup\n\nText.\n\n## Setup\n\n' +
        '[1](#setup) [2](#setup-1) [3](#setup-2) [4](#in-a-list) [5](#raw--bold) [6](#own) [7](#t) [8](#setup-3)',
    };
    const findings = await check(files);
    expect(findings.filter((finding) => finding.includes('broken'))).toEqual([
      'a.md:15:91 broken-anchor #setup-3 is no heading of this file',
    ]);
  });

  it('finds links in any kind of markup', async () => {
    const findings = await check({
      'a.md':
        '# A\n\n<a href=gone.md>x</a> <img src=x.png alt="">\n\n<table><tr><td><a\n href=\'no.md\'>x</a></td></tr></table>\n\n[text][undefined], [label][], ![i][none], `[a][b]`, list[0][1], [1][2], [x] [y], [a-z][0-9], note[^x], \\[a][b\n\n[text][ok] [Ok][]\n\n[ok]: #a',
      'b.mdx':
        '# B\n\nSome {1} <Card href="./gone.mdx" /> text\n\n<Link to="/site/route">x</Link> <Img src={\'../x.png\'} alt="" /> <Card href="a.md" to="b.mdx#no" />',
    });
    expect(findings).toEqual([
      'a.md:3:1 broken-link gone.md leads to no file',
      'a.md:3:23 broken-link x.png leads to no file',
      'a.md:5:16 broken-link no.md leads to no file',
      'a.md:8:1 undefined-reference [undefined] is defined nowhere in this file, so its brackets are shown',
      'a.md:8:20 undefined-reference [label] is defined nowhere in this file, so its brackets are shown',
      'a.md:8:32 undefined-reference [none] is defined nowhere in this file, so its brackets are shown',
      'a.md:8:98 undefined-reference [^x] is defined nowhere in this file, so its brackets are shown',
      'b.mdx:3:10 broken-link ./gone.mdx leads to no file',
      'b.mdx:5:33 broken-link ../x.png leads out of the docs folder and to nothing',
      'b.mdx:5:65 broken-anchor #no is no heading of this file',
    ]);
  });

  it('finds ids that are given twice', async () => {
    expect(
      await check({ 'a.md': '# A {#same}\n\nText.\n\n## B {#same}\n\nText.\n\n## C {#c}\n\nText.' }),
    ).toEqual([
      'a.md:5:1 repeated-id has the id #same of the heading in line 1, and is #same-1 here: name it otherwise',
    ]);
  });

  it('finds files and sections that say nothing', async () => {
    const findings = await check({
      'a.md': '',
      'b.md': '---\ntitle: B\n---\n',
      'c.md':
        '# C\n\nText.\n\n## D\n\n<!-- TODO -->\n\n## E\n\n{/* TODO */}\n\n{% comment %}x{% endcomment %}\n\n<a id="f"></a>\n\n## F\n\n{% include "f.md" %}',
      'd.txt': ' \n',
      'moved.md': '---\ntitle: Moved\nredirect_to: /c/\n---\n',
      'e.mdx': 'export const a = 1',
    });
    expect(findings).toEqual([
      'a.md:1:1 empty-page is empty: write it, or remove it',
      'b.md:1:1 empty-page has nothing below its front matter: write it, or remove it',
      'c.md:5:1 empty-section has nothing under its heading: write it, or remove it',
      'c.md:9:1 empty-section has nothing under its heading: write it, or remove it',
      'd.txt:1:1 empty-page is empty: write it, or remove it',
      'e.mdx:1:1 empty-page is empty: write it, or remove it',
    ]);
  });

  it('suggests the nearest of the files with the name of a broken link', async () => {
    const findings = await check({
      'a/b/c/start.md': 'Text.',
      'start/index.md': 'Text.',
      'a/b/x.md': '[x](start/)',
    });
    expect(findings).toEqual([
      'a/b/x.md:1:1 broken-link start/ leads to no file; did you mean a/b/c/start.md?',
    ]);
  });

  it('only warns of links to files outside the folder', async () => {
    const folder = tempFolder({ 'README.md': '', 'docs/a.md': '# A\n\n[up](../README.md)' });
    expect((await checkDocs(join(folder, 'docs'))).findings).toMatchObject([
      { rule: 'link-outside', severity: 'warning', line: 3 },
    ]);
  });

  it('names files whose names are not UTF-8', async () => {
    const folder = tempFolder({ 'a.md': 'A.' });
    writeFileSync(
      Buffer.concat([Buffer.from(`${folder}/stra`), Buffer.from([0xdf]), Buffer.from('e.md')]),
      'B.',
    );
    expect((await checkDocs(folder)).findings).toMatchObject([
      {
        path: 'stra\uFFFDe.md',
        rule: 'file-name',
        message: expect.stringMatching(/^has a name that is not UTF-8.*rename it/),
      },
    ]);
  });

  it('tells the line of the file, also for what was made from it', async () => {
    const findings = await check({
      'a.html': '<title>T</title>\n<main>\n<h2>Same</h2>\n<p>Text</p>\n\n<h2>Same</h2><p>Text</p></main>',
    });
    expect(findings).toEqual([
      'a.html:6:1 duplicate-heading has the same anchor stem "same" as the heading in line 3: reword one of them',
    ]);
  });

  it('tells errors from warnings', async () => {
    const { findings } = await checkDocs(tempFolder({ 'a.md': '# A\n\n[x](no.md)\n\n### C\n\nText.' }));
    expect(countFindings(findings)).toBe('1 error, 1 warning');
  });

  it('is content with the docs that ship', async () => {
    const { files, findings } = await checkDocs(new URL('../../docs', import.meta.url).pathname);
    expect(files).toBeGreaterThan(5);
    expect(findings).toEqual([]);
  });

  const seed = shared('docs-seed');
  it.skipIf(!seed.there)(`finds the broken table of contents of the original${seed.why}`, async () => {
    const { findings } = await checkDocs(seed.path);
    const broken = findings.filter(({ rule }) => rule === 'broken-anchor');
    expect(broken).toHaveLength(20);
    expect(broken[0]).toMatchObject({ line: 8, column: 6, severity: 'error' });
    expect(broken[0]?.message).toBe('#operational-maturity-levels-in-msps is no heading of this file');
  });
});
