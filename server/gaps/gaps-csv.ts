import type { GapGroup } from '../events.ts';

const COLUMNS: readonly (readonly [string, (group: GapGroup) => string | number])[] = [
  ['question', ({ question }) => question],
  ['other wordings', ({ alike }) => alike.join('\n')],
  ['unanswered', ({ unanswered }) => unanswered],
  ['rated badly', ({ ratedDown }) => ratedDown],
  ['why', ({ why }) => why.join('\n')],
  ['last asked', ({ lastAsked }) => lastAsked],
  ['nearest document', ({ nearest }) => nearest?.path ?? ''],
  ['nearest section', ({ nearest }) => nearest?.headings.join(' > ') ?? ''],
  ['resolved', ({ resolved }) => (resolved === undefined ? '' : resolved ? 'yes' : 'no')],
];

/** Open questions as CSV by RFC 4180, with a header. No cell of it is a formula to a spreadsheet. */
export function gapsCsv(groups: readonly GapGroup[]): string {
  const rows = groups.map((group) => COLUMNS.map(([, read]) => cellOf(read(group))));
  return [COLUMNS.map(([name]) => name), ...rows].map((row) => `${row.join(',')}\r\n`).join('');
}

/** An apostrophe in front keeps a spreadsheet from reckoning what a reader wrote (OWASP, CSV injection). */
function cellOf(value: string | number): string {
  if (typeof value === 'number') return String(value);
  const tame = /^[\s\p{Cf}]*[=+\-@|%＝＋－＠]/u.test(value) || /^[\t\r\n]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(tame) ? `"${tame.replaceAll('"', '""')}"` : tame;
}
