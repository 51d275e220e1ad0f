import { describe, expect, it } from 'vitest';
import { makeClaimSplitter, splitClaims } from '../../../server/answer/split-claims.ts';

const texts = (answer: string): string[] => splitClaims(answer).map(({ text }) => text);

const ANSWER = `## Leave

Here is how it works:

1. Ask **your manager** first [1]. They approve it, e.g. in HR Links. [2][3]
2. Enter the days:
   - at least 7 days ahead
   - in the *payroll* system [2]

| Level | Hours |
| --- | --- |
| New | 4 [1] |
| After 3 years | 6 |

Does it expire? No! Award leave costs $1.5
million a year, says Dr. Smith [4].

\`\`\`sh
npm run leave
\`\`\`

> It's paid.`;

describe('splitting an answer into statements', () => {
  it('takes sentences, items, rows, code and quotes; no headings, questions or bare lead-ins', () => {
    expect(texts(ANSWER)).toEqual([
      'Ask your manager first.',
      'They approve it, e.g. in HR Links.',
      'Enter the days:',
      'at least 7 days ahead',
      'in the payroll system',
      'New | 4',
      'After 3 years | 6',
      'No!',
      'Award leave costs $1.5 million a year, says Dr. Smith.',
      'npm run leave',
      "It's paid.",
    ]);
  });

  it('gives ranges of the answer with the markers behind a sentence, and their numbers', () => {
    const claims = splitClaims('Tock is a tool. [1] It tracks hours [2][5]. Leave is in HR Links.');
    expect(claims.map(({ cited }) => cited)).toEqual([[1], [2, 5], []]);
    expect(claims.map(({ start, end }) => [start, end])).toEqual([
      [0, 19],
      [20, 43],
      [44, 65],
    ]);
  });

  it('gives the same whatever pieces the answer comes in', () => {
    const whole = splitClaims(ANSWER);
    for (let size = 1; size < 40; size++) {
      const splitter = makeClaimSplitter();
      const claims = [];
      for (let at = 0; at < ANSWER.length; at += size)
        claims.push(...splitter.push(ANSWER.slice(at, at + size)));
      expect([...claims, ...splitter.flush()]).toEqual(whole);
    }
  });

  it('gives a sentence as soon as the next one begins', () => {
    const splitter = makeClaimSplitter();
    expect(splitter.push('Award leave expires. [')).toEqual([]);
    expect(splitter.push('1]')).toEqual([]);
    expect(splitter.push(' It')).toMatchObject([
      { text: 'Award leave expires.', cited: [1], start: 0, end: 24 },
    ]);
    expect(splitter.push(' is paid.')).toEqual([]);
    expect(splitter.flush()).toMatchObject([{ text: 'It is paid.', start: 25, end: 36 }]);
  });

  it('keeps the line that leads in to a list with its items, and counts it when it states something', () => {
    const claims = splitClaims('You must **not** bill for:\n\n- hiring\n- reviews\n\nThat is all of it.');
    expect(claims.map(({ text, leadIn }) => [text, leadIn])).toEqual([
      ['You must not bill for:', undefined],
      ['hiring', 'You must not bill for:'],
      ['reviews', 'You must not bill for:'],
      ['That is all of it.', undefined],
    ]);
  });

  it('takes lead-ins that say nothing by themselves for none', () => {
    for (const leadIn of [
      'Here is how:',
      'Follow these steps:',
      'To request leave, follow these steps:',
      'Steps:',
    ]) {
      expect(texts(`${leadIn}\n\n1. Open HR Links.`)).toEqual(['Open HR Links.']);
    }
    expect(texts('There are 3 options:\n\n- Flexitour')).toEqual(['There are 3 options:', 'Flexitour']);
  });

  it('does not cut at abbreviations, initials, decimals, times and addresses', () => {
    for (const sentence of [
      'Ask e.g. Ms. Berg or J. Doe at b@getclef.com for 1.25 days.',
      'Work ends at 4:30 p.m. on login.gov sites.',
      'Version 2.1.3 of N.A.S.A. tools is used.',
    ]) {
      expect(texts(sentence)).toEqual([sentence]);
    }
  });

  it('closes an unfinished code block and an empty answer', () => {
    expect(texts('```js\nlet a = 1;')).toEqual(['let a = 1;']);
    expect(texts('')).toEqual([]);
    expect(texts('**Overview**\n\n---\n')).toEqual([]);
  });
});
