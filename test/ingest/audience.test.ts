import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { checkDocs } from '../../ingest/check-docs.ts';
import { cutDocument } from '../../ingest/cut-document.ts';
import { parseSections } from '../../ingest/parse-sections.ts';
import { runIngest } from '../../ingest/run-ingest.ts';
import { countTokens } from './crash-states.ts';
import { makeFakeEmbedder } from './fake-embedder.ts';
import { snapshotOf, sync } from './synced-store.ts';
import { tempFolder } from './temp-folder.ts';

const cut = (source: string) => cutDocument({ path: 'a.md', source, changedAt: '', countTokens });
const frontMatterOf = (source: string) => parseSections('a.md', source).frontMatter;

describe('the audience of a document', () => {
  test.each([
    ['---\naudience: hr\n---\n# A\n\nText.', ['hr']],
    ['---\nAudience: [Sales, HR]\n---\n# A\n\nText.', ['hr', 'sales']],
    ['---\naudience:\n  - hr\n  - The Board\n---\n# A\n\nText.', ['hr', 'the board']],
    ['---\naudience: hr, sales\n---\n# A\n\nText.', ['hr', 'sales']],
    ['---\naudiences: [hr]\n---\n# A\n\nText.', ['hr']],
    ['+++\naudience = ["hr"]\n+++\n# A\n\nText.', ['hr']],
    ['\uFEFF---\r\naudience: hr\r\n---\r\n# A\r\n\r\nText.', ['hr']],
    ['---\ntitle: A\n---\n# A\n\nText.', []],
    ['# A\n\naudience: everybody who reads', []],
    ['---\n\naudience: of a talk\n', []],
  ])('%j is for %j', (source, audience) => {
    const { document, chunks } = cut(source);
    expect(document.audience).toEqual(audience);
    expect(chunks.map((chunk) => chunk.audience)).toEqual(chunks.map(() => audience));
    expect(frontMatterOf(source).audienceFault).toBeUndefined();
  });

  test.each([
    '---\naudience: 7\n---\n# A',
    '---\naudience:\n---\n# A',
    '---\naudience: []\n---\n# A',
    '---\naudience: ""\n---\n# A',
    '---\naudience: { team: hr }\n---\n# A',
    '---\naudience: [hr, [sales]]\n---\n# A',
    '---\naudience: {{ team }}\n---\n# A',
    '---\naudience: hr\naudiences: sales\n---\n# A',
    '---\naudience: [hr\n---\n# A',
    '---\ntitle: "A\naudience: hr\n---\n# A',
    '---\naudience: hr\n\n# A',
    '---\naudience: hr\n',
    '\n---\naudience: hr\n---\n# A',
    '<!-- licence -->\n---\naudience: hr\n---\n# A',
    '+++\naudience = hr\n+++\n# A',
  ])('%j leaves it unclear', (source) => {
    expect(frontMatterOf(source).audienceFault).toMatch(/audience/);
  });
});

test('a file whose audience is unclear fails by name, keeps its old rows, and is found by the check', async () => {
  const [docsDir, storeUri, embedder] = [tempFolder(), tempFolder(), makeFakeEmbedder()];
  const run = () => runIngest({ docsDir, storeUri, full: false, embedder, countTokens });
  writeFileSync(join(docsDir, 'pay.md'), '---\naudience: hr\n---\n# Pay\n\nPay day is Friday.\n');
  writeFileSync(join(docsDir, 'all.md'), '# All\n\nHello.\n');
  await run();
  writeFileSync(join(docsDir, 'pay.md'), '---\naudience: 3\n---\n# Pay\n\nThe boss gets more.\n');
  const summary = await run();
  expect(summary.failed).toEqual([
    { path: 'pay.md', message: expect.stringMatching(/^has an audience.*write "audience: hr"/) },
  ]);
  const snapshot = await snapshotOf(storeUri, embedder);
  expect((await snapshot.document('pay.md'))?.source).toContain('Friday');
  const { findings } = await checkDocs(docsDir);
  expect(findings).toMatchObject([{ path: 'pay.md', line: 1, rule: 'audience', severity: 'error' }]);
  for (const folder of [docsDir, storeUri]) rmSync(folder, { recursive: true });
});

test('another audience is written to the rows of the document without embedding anything', async () => {
  const [uri, embedder] = [tempFolder(), makeFakeEmbedder()];
  const body = '# Pay\n\nPay day is Friday.\n\n## Raises\n\nRaises come in May.\n';
  const other = { 'other.md': '# Other\n\nSomething else.\n' };
  await sync(uri, { ...other, 'pay.md': `---\naudience: hr\n---\n${body}` }, { embedder });
  const again = makeFakeEmbedder();
  const changed = { ...other, 'pay.md': `---\naudience: sales\n---\n${body}` };
  const summary = await sync(uri, changed, { embedder: again });
  expect(again.embedded).toEqual([]);
  expect(summary).toMatchObject({ version: 2, embedded: 0, chunks: 3, deleted: 0 });
  const snapshot = await snapshotOf(uri, embedder);
  const chunks = await snapshot.chunksOf([0, 1, 2].map((section) => ({ path: 'pay.md', section })));
  expect(chunks.map(({ audience }) => audience)).toEqual([['sales'], ['sales']]);
  expect((await snapshot.document('pay.md'))?.audience).toEqual(['sales']);
});
