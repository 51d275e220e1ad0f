import { describe, expect, test } from 'vitest';
import type { Claim } from '../../../server/events.ts';
import { lettersOf, quotedFrom } from './found-in.ts';

const answerTo = (source: string, question: string) => quotedFrom({ 'page.md': source }, question);

/** Every claim says in the answer what its citation says in the source. */
function holdTogether(source: string, answer: string, claims: readonly Claim[]): void {
  expect(claims.length).toBeGreaterThan(0);
  for (const { start, end, status, citations } of claims) {
    const [citation] = citations;
    if (!citation) throw new Error('a quoted claim without a citation');
    expect(status).toBe('quoted');
    expect(lettersOf(answer.slice(start, end))).toBe(lettersOf(source.slice(citation.start, citation.end)));
    expect(lettersOf(citation.quote)).not.toBe('');
  }
}

const long = (topic: string, sentences: number): string =>
  Array.from(
    { length: sentences },
    (_, i) => `The ${topic} number ${i} waits in a long row of other things.`,
  ).join(' ');

describe('a quoted answer', () => {
  test('stands under its heading with its citation behind it', () => {
    const source =
      '# Guide\n\n## Time *off* [1]\n\nAsk for time off in [HR Links](hr.md). Your lead approves it.\n';
    const { answer, claims } = answerTo(source, 'How do I ask for time off?');
    expect(answer).toBe(
      '**Time off \\[1\\]**\n\nAsk for time off in [HR Links](/docs/hr.md). Your lead approves it. [1]',
    );
    holdTogether(source, answer, claims);
    expect(claims.filter(({ key }) => key).length).toBeGreaterThan(0);
  });

  test('gives a list with what leads in to it, in order', () => {
    const source = `# Leavers\n\n${long('queue', 12)}\n\nWhen a user leaves, shut off:\n\n1. sign-in;\n2. sessions;\n3. badges.\n\nThe end.\n`;
    const { answer, claims } = answerTo(source, 'What are the things to shut off when a user leaves?');
    expect(answer).toContain('When a user leaves, shut off:\n\n1. sign-in;\n2. sessions;\n3. badges. [1]');
    holdTogether(source, answer, claims);
  });

  test('gives the rows that matter under the table’s header', () => {
    const rows = Array.from(
      { length: 40 },
      (_, i) => `| Level ${i} | ${'something else '.repeat(3)}| ${i} hours |`,
    );
    const table = [
      '| Priority | Example | Response |',
      '|---|---|---|',
      ...rows,
      '| Critical | The business is stopped | 30 minutes |',
    ];
    const source = `# SLA\n\n${table.join('\n')}\n`;
    const { answer, claims } = answerTo(source, 'How fast is the response when the business is stopped?');
    expect(answer).toContain('| Priority | Example | Response |\n|---|---|---|\n');
    expect(answer).toContain('| Critical | The business is stopped | 30 minutes |\n\n[1]');
    expect(answer.split('\n').filter((line) => line.startsWith('|')).length).toBeLessThanOrEqual(5);
    holdTogether(source, answer, claims);
  });

  test('gives the whole of a short table', () => {
    const source = '# Tiers\n\n| Tier | Work |\n|---|---|\n| 1 | Passwords |\n| 2 | Servers |\n';
    const { answer, claims } = answerTo(source, 'Which tiers are there?');
    expect(answer).toContain('| Tier | Work |\n|---|---|\n| 1 | Passwords |\n| 2 | Servers |\n\n[1]');
    holdTogether(source, answer, claims);
  });

  test('cuts a long paragraph around the sentence that answers, and shows that it did', () => {
    const source = `# Row\n\n${long('thing', 30)} The badge office opens at nine. ${long('matter', 30)}\n`;
    const { answer, claims } = answerTo(source, 'When does the badge office open?');
    expect(answer).toContain('The badge office opens at nine.');
    expect(answer).toContain('\n\n… ');
    expect(answer.split(/\s+/).length).toBeLessThan(140);
    holdTogether(source, answer, claims);
    const keys = claims.filter(({ key }) => key).map(({ start, end }) => answer.slice(start, end));
    expect(keys).toContain('The badge office opens at nine.');
  });

  test('knows a list that was cut for search as one list', () => {
    const items = Array.from(
      { length: 60 },
      (_, i) => `- item ${i} is a thing that one has to bring to the desk`,
    );
    const source = `# Bring\n\nBring to the desk:\n\n${items.join('\n')}\n- the blue passport of the new hire\n`;
    const { answer, claims } = answerTo(source, 'What about the blue passport of the new hire?');
    expect(answer).toContain('Bring to the desk:');
    expect(answer).toContain('- the blue passport of the new hire');
    holdTogether(source, answer, claims);
  });

  test('gives an item of several sentences whole, from its mark on', () => {
    const item = (i: number) =>
      `- Thing ${i} waits for you. It waits\n  in row ${i} of the hall. Bring it home.`;
    const items = Array.from({ length: 25 }, (_, i) => item(i));
    const asked = '- Nobody knows it. But the blue passport\n  is kept by the porter. Ask him for it.';
    const source = `# Things\n\n${[...items, asked, ...items].join('\n')}\n`;
    const { answer, claims } = answerTo(source, 'Where is the blue passport kept by the porter?');
    expect(answer).toContain(asked);
    for (const line of answer.split('\n').slice(2)) expect(line).toMatch(/^- |^ {2}in row \d|^ {2}is kept/);
    holdTogether(source, answer, claims);
  });

  test('quotes both sides of a comparison, wherever they stand', () => {
    const files = {
      'rmm.md': '# RMM\n\nAn RMM is software that watches devices.\n',
      'psa.md': '# PSA\n\nA PSA is software that bills time.\n',
      'other.md': '# Other\n\nAn MSP may rent an RMM or a PSA by the month from a shop.\n',
    };
    const { answer, claims } = quotedFrom(files, 'What is the difference between an RMM and a PSA?');
    expect(answer).toContain('An RMM is software that watches devices.');
    expect(answer).toContain('A PSA is software that bills time.');
    expect(new Set(claims.flatMap(({ citations }) => citations.map(({ n }) => n))).size).toBeGreaterThan(1);
  });

  test('leads with the definition asked for', () => {
    const source =
      '# Tools\n\nMany like the PSA.\n\nSome hate it.\n\n## PSA\n\nA PSA is software that bills time.\n';
    const { answer } = answerTo(source, 'What is a PSA?');
    expect(answer.startsWith('**PSA**\n\nA PSA is software that bills time. [1]')).toBe(true);
  });

  test('keeps code as it is', () => {
    const code = '```sh\ncurl "https://x/[1]" -d \'{% a %}\'\n```';
    const source = `# API\n\nOpen a ticket with curl:\n\n${code}\n`;
    const { answer, claims } = answerTo(source, 'How can I open a ticket with curl?');
    expect(answer).toContain(`Open a ticket with curl:\n\n${code}\n\n[1]`);
    holdTogether(source, answer, claims);
  });

  test('shows the words of HTML and of a quotation', () => {
    const html = '# Note\n\n<p>Badges cost <b>5</b> dollars & *no* more.</p>\n';
    const said = answerTo(html, 'How much do badges cost?');
    expect(said.answer).toContain('Badges cost 5 dollars \\& \\*no\\* more.');
    for (const { end } of said.claims) expect(end).toBeLessThanOrEqual(said.answer.length - ' [1]'.length);
    const source = '# Note\n\n> Badges cost 5 dollars.\n> Ask the desk.\n';
    const { answer, claims } = answerTo(source, 'How much do badges cost?');
    expect(answer).toContain('> Badges cost 5 dollars.\n> Ask the desk.\n\n[1]');
    holdTogether(source, answer, claims);
  });

  test('says nothing where nothing was found', () => {
    expect(quotedFrom({}, 'What is a PSA?')).toEqual({ answer: '', claims: [] });
  });
});
