import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { changeLines, compareAnswers, type QuotedSection } from '../../ingest/compare-answers.ts';
import { readQuestions } from '../../ingest/read-questions.ts';
import { askBefore } from '../../ingest/report-answers.ts';
import { runIngest } from '../../ingest/run-ingest.ts';
import { MODEL_DIR } from '../../knowledge/configured-embedder.ts';
import { makeLocalEmbedder } from '../../knowledge/local-embedder.ts';
import { loadTokenizer } from '../../knowledge/tokenizer.ts';
import { tempFolder, writeInto } from './temp-folder.ts';

const embedder = await makeLocalEmbedder({ modelDir: MODEL_DIR });
const { countTokens } = loadTokenizer(MODEL_DIR);
afterAll(() => embedder.close());

const alerts = '# Alerts\n\nAn alert becomes a ticket at night.\n';
const invoices = '# Invoices\n\nInvoices are written on Fridays.\n';
const backups = '# Backups\n\nBackups are kept for thirty days.\n';
const questions = [
  { question: 'When does an alert become a ticket?', path: 'alerts.md', anchor: 'alerts' },
  { question: 'When are invoices written?' },
  { question: 'How long are backups kept?', path: 'backups.md', anchor: 'backups', answerable: true },
];

function place(files: Readonly<Record<string, string>>) {
  const lines = questions.map((question) => JSON.stringify(question)).join('\n');
  const docsDir = tempFolder({ ...files, 'questions.jsonl': `${lines}\n` });
  const storeUri = join(tempFolder(), 'store');
  const run = () => runIngest({ docsDir, storeUri, embedder, countTokens, full: false });
  return { docsDir, run, before: () => askBefore({ docsDir, storeUri, embedder }) };
}

test('tells which questions get another answer, lost their section, or are answered no more', async () => {
  const { docsDir, run, before } = place({
    'alerts.md': alerts,
    'invoices.md': invoices,
    'backups.md': backups,
  });
  await run();
  const after = await before();
  writeInto(docsDir, 'alerts.md', alerts.replace('at night', 'at once'));
  writeInto(docsDir, 'invoices.md', '# Fridays\n\nNothing of that sort.\n');
  writeInto(docsDir, 'backups.md', backups.replace('# Backups', '# Backups and restores'));
  await run();
  const report = await after();
  expect(report).toEqual({
    asked: 3,
    changes: [
      {
        question: questions[0]?.question,
        kind: 'other_text',
        from: 'alerts.md#alerts',
        to: 'alerts.md#alerts',
      },
      {
        question: questions[1]?.question,
        kind: 'unanswerable',
        from: 'invoices.md#invoices',
        to: expect.any(String),
      },
      {
        question: questions[2]?.question,
        kind: 'lost_section',
        from: 'backups.md#backups',
        to: 'backups.md#backups-and-restores',
      },
    ],
  });
  expect(changeLines(report?.changes ?? [], 3)).toEqual([
    '  questions 3: 3 fare otherwise than before',
    '    When does an alert become a ticket? is answered by other words of alerts.md#alerts',
    expect.stringMatching(
      /^ {4}When are invoices written\? is not answered any more.* \(before: invoices.md#invoices\)$/,
    ),
    '    How long are backups kept? lost backups.md#backups; quoted now: backups.md#backups-and-restores',
  ]);
});

test('an answer that another section gives now is told', async () => {
  const { docsDir, run, before } = place({ 'a.md': alerts, 'invoices.md': invoices, 'backups.md': backups });
  await run();
  const after = await before();
  writeInto(
    docsDir,
    'a.md',
    '# Invoices for clients\n\nInvoices are written, and when they are written they are sent.\n',
  );
  writeInto(docsDir, 'invoices.md', '# Invoices\n\nInvoices.\n');
  await run();
  expect((await after())?.changes).toContainEqual({
    question: 'When are invoices written?',
    kind: 'other_section',
    from: 'invoices.md#invoices',
    to: 'a.md#invoices-for-clients',
  });
});

test('sections that the question names are compared while they are quoted, whatever else is', () => {
  const asked = [{ question: 'How?', sections: [{ path: 'b.md', anchor: 'b' }] }];
  expect(kindsOf(asked, [quoted('a'), quoted('b')], [quoted('c'), quoted('a', 'new'), quoted('b')])).toEqual(
    [],
  );
  expect(kindsOf(asked, [quoted('a'), quoted('b')], [quoted('a'), quoted('b', 'new')])).toEqual([
    'other_text b.md#b b.md#b',
  ]);
  expect(kindsOf(asked, [quoted('a'), quoted('b')], [quoted('a'), quoted('c')])).toEqual([
    'other_section b.md#b c.md#c',
  ]);
  expect(kindsOf(asked, [quoted('a'), quoted('b')], [])).toEqual(['unanswerable a.md#a undefined']);
  expect(kindsOf(asked, [], [quoted('b')])).toEqual([]);
  expect(kindsOf(asked, [quoted('b')], [quoted('b')], 'after')).toEqual(['unanswerable b.md#b b.md#b']);
  expect(kindsOf(asked, [quoted('b')], [quoted('b')], 'before and after')).toEqual([]);
});

test('of a question that names none of those quoted, the whole answer is compared', () => {
  const asked = [{ question: 'How?', sections: [] }];
  expect(kindsOf(asked, [quoted('a'), quoted('b')], [quoted('b'), quoted('a')])).toEqual([]);
  expect(kindsOf(asked, [quoted('a')], [quoted('a'), quoted('c')])).toEqual(['other_section a.md#a c.md#c']);
  expect(kindsOf(asked, [quoted('a'), quoted('b')], [quoted('a')])).toEqual(['other_section b.md#b a.md#a']);
  expect(kindsOf(asked, [quoted('a'), quoted('b')], [quoted('a'), quoted('b', 'new')])).toEqual([
    'other_text b.md#b b.md#b',
  ]);
});

function quoted(name: string, text = 'words'): QuotedSection {
  return { path: `${name}.md`, anchor: name, text };
}

function kindsOf(
  asked: Parameters<typeof compareAnswers>[0],
  before: readonly QuotedSection[],
  after: readonly QuotedSection[],
  near: 'before' | 'after' | 'before and after' | '' = '',
): string[] {
  const standing = (sections: readonly QuotedSection[], isNear: boolean) => ({
    answers: new Map([['How?', { quoted: sections, isNear }]]),
    sections: new Set(['a.md#a', 'b.md#b', 'c.md#c']),
  });
  return compareAnswers(
    asked,
    standing(before, near.includes('before')),
    standing(after, near.includes('after')),
  ).map(({ kind, from, to }) => `${kind} ${from} ${to}`);
}

test('nothing changed, no index from before, or no questions: nothing to tell', async () => {
  const { docsDir, run, before } = place({ 'alerts.md': alerts });
  expect(await (await before())()).toBeUndefined();
  await run();
  expect(await (await before())()).toEqual({ asked: 3, changes: [] });
  expect(await readQuestions(docsDir)).toHaveLength(3);
  expect(await readQuestions(tempFolder({ 'docs/a.md': alerts }))).toBeUndefined();
});

test('questions beside the docs are found, and a line that is none is named', async () => {
  const folder = tempFolder({
    'docs/a.md': alerts,
    'questions.jsonl': '\uFEFF{"question":"What?"}\n{"q":1}\n',
  });
  await expect(readQuestions(join(folder, 'docs'))).rejects.toMatchObject({
    code: 'file_unreadable',
    message: expect.stringMatching(
      /questions\.jsonl can't be used: line 2 is no JSON object with a "question"/,
    ),
  });
});
