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
      "b.md:7:7 link-outside ../out.md leads out of the docs folder, where readers can't follow",
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
      'a.md:3:1 broken-anchor #x is no heading of deep.md',
      'bad.md:1:1 not-utf8 is not UTF-8 (line 1): save it as UTF-8',
      'deep.md:1:1 unreadable has blocks nested too deeply to be read: flatten them',
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
