import { join } from 'node:path';
import { expect, test } from 'vitest';
import { changeLines, compareAnswers } from '../../ingest/compare-answers.ts';
import { readQuestions } from '../../ingest/read-questions.ts';
import { askBefore } from '../../ingest/report-answers.ts';
import { runIngest } from '../../ingest/run-ingest.ts';
import { countTokens } from './crash-states.ts';
import { tempFolder, writeInto } from './temp-folder.ts';
import { makeWordEmbedder } from './word-embedder.ts';

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
  const embedder = makeWordEmbedder();
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
    '    When does an alert become a ticket? is answered by a changed alerts.md#alerts',
    '    When are invoices written? is hardly answered any more (before: invoices.md#invoices)',
    '    How long are backups kept? lost backups.md#backups; found first now: backups.md#backups-and-restores',
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

test('a section that the question names is compared while it is among the best, whichever comes first', () => {
  const asked = [{ question: 'How?', sections: [{ path: 'b.md', anchor: 'b' }] }];
  const section = (name: string, hash = 'h') => ({ path: `${name}.md`, anchor: name, hash });
  const standing = (best: ReturnType<typeof section>[], share = 1) => ({
    found: new Map([['How?', { best, share }]]),
    sections: new Set(['a.md#a', 'b.md#b', 'c.md#c']),
  });
  const before = standing([section('a'), section('b')]);
  const kinds = (after: ReturnType<typeof standing>) =>
    compareAnswers(asked, before, after).map(({ kind, from, to }) => `${kind} ${from} ${to}`);
  expect(kinds(standing([section('c'), section('a', 'other'), section('b')]))).toEqual([]);
  expect(kinds(standing([section('a'), section('b', 'other')]))).toEqual(['other_text b.md#b b.md#b']);
  expect(kinds(standing([section('a'), section('c')]))).toEqual(['other_section b.md#b a.md#a']);
  expect(kinds(standing([section('b')], 0.4))).toEqual(['unanswerable a.md#a b.md#b']);
});

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
