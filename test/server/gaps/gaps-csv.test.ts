import { expect, it } from 'vitest';
import type { GapGroup } from '../../../server/events.ts';
import { gapsCsv } from '../../../server/gaps/gaps-csv.ts';

const group: GapGroup = {
  question: 'What is the "price", in all?',
  alike: ['How much?', 'Cost?'],
  unanswered: 3,
  ratedDown: 1,
  why: ['Too short,\nand old.'],
  score: 0.2,
  lastAsked: '2026-01-01T00:00:00.000Z',
  nearest: { path: 'rmm.md', anchor: 'alerts', headings: ['RMM', 'Alerts'] },
  resolved: false,
};

it('quotes commas, quotes and line breaks, and ends each record with CRLF', () => {
  expect(gapsCsv([group])).toBe(
    'question,other wordings,unanswered,rated badly,why,last asked,nearest document,nearest section,resolved\r\n' +
      '"What is the ""price"", in all?","How much?\nCost?",3,1,"Too short,\nand old.",2026-01-01T00:00:00.000Z,rmm.md,RMM > Alerts,no\r\n',
  );
});

it('has a header and nothing else for no questions', () => {
  expect(gapsCsv([]).split('\r\n')).toHaveLength(2);
});

for (const begin of ['=', '+', '-', '@', '\t=', '\r', ' =', '\u200b=', '＝', '|', '%']) {
  it(`leaves no formula to a spreadsheet: ${JSON.stringify(begin)}`, () => {
    const question = `${begin}HYPERLINK("http://evil.example")`;
    const cell = gapsCsv([{ ...group, question }]).split('\r\n')[1] ?? '';
    expect(cell.startsWith(`"'${begin}`)).toBe(true);
  });
}
