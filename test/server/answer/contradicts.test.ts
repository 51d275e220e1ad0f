import { describe, expect, test } from 'vitest';
import { contradicts, readStatement, type Said } from '../../../server/answer/contradicts.ts';

function said(text: string, page = 'Leave', path = `${page.toLowerCase()}.md`): Said {
  return { text, path, title: page, headings: [page] };
}

function both(a: Said, b: Said): boolean {
  const [one, other] = [readStatement(a), readStatement(b)];
  if (!one || !other) return false;
  const found = contradicts(one, other);
  expect(contradicts(other, one)).toBe(found);
  return found;
}

describe('two sentences contradict each other', () => {
  test.each([
    ['You get 25 days of leave a year.', 'You get 28 days of leave a year.'],
    ['The probation period is three months.', 'The probation period lasts six months.'],
    ['Passwords have at least 12 characters.', 'Passwords have at least 16 characters.'],
    ['A pull request needs two approvals.', 'A pull request needs one approval.'],
    ['The company pays 5% of the pension.', 'The company pays 6 percent of the pension.'],
    ['Screens lock after 5 minutes.', 'Screens lock after 15 minutes of inactivity.'],
    ['The trainee bonus is $1,000.', 'The trainee bonus is $2,000 and is paid in full.'],
  ])('by another number: %s / %s', (a, b) => {
    expect(both(said(a), said(b, 'Benefits'))).toBe(true);
  });

  test.each([
    ['VPN is required.', 'VPN is not required.'],
    ['You can bring your dog to the office.', 'You can’t bring your dog to the office.'],
    ['Customer data must never be stored on laptops.', 'Customer data may be stored on laptops.'],
    ['The guest Wi-Fi requires a password.', 'The guest Wi-Fi does not require a password.'],
  ])('by a “not”: %s / %s', (a, b) => {
    expect(both(said(a), said(b, 'Benefits'))).toBe(true);
  });

  test.each([
    ['USB sticks are forbidden on laptops.', 'USB sticks are allowed on laptops.'],
    ['Overtime is paid.', 'Overtime is unpaid.'],
    ['Two-step sign-in is mandatory for all.', 'Two-step sign-in is optional for all.'],
  ])('by an opposite: %s / %s', (a, b) => {
    expect(both(said(a), said(b, 'Benefits'))).toBe(true);
  });
});

describe('they may both be true', () => {
  test.each([
    ['the same in other words', 'The warranty lasts two years.', 'The warranty lasts 24 months.'],
    ['another thing', 'You get 10 days of sick leave.', 'You get 25 days of annual leave.'],
    ['a narrower thing', 'You get 25 days of leave.', 'You get 10 days of study leave.'],
    ['other people', 'Employees get 24 days of leave.', 'Contractors get 10 days of leave.'],
    ['for some only', 'You get 25 days of leave.', 'You get 20 days of leave for part-time work.'],
    ['least and most', 'A name has at least 3 letters.', 'A name has at most 20 letters.'],
    ['another pace', 'You fly home two times a month.', 'You fly home 12 times a year.'],
    ['an exception', 'A change needs a ticket.', 'A change needs no ticket if production is down.'],
    ['an example', 'A trip costs €12, for example.', 'A trip costs €30, for example.'],
    ['a guess', 'A review usually takes five days.', 'A review takes ten days.'],
    ['earlier', 'The team previously had 12 people.', 'The team has 48 people.'],
    ['a number that is a name', 'Level 2 staff answer calls.', 'Level 3 staff answer calls.'],
    ['years', 'The plant opened in 1990.', 'The plant opened in 1995.'],
    ['what “it” is isn’t said', 'It takes 2 days to ship.', 'It takes 5 days to ship.'],
    ['which thing', 'Paid overtime is rare.', 'Unpaid overtime is rare.'],
    ['not always', 'Backups are encrypted.', 'Backups are not always encrypted.'],
  ])('%s: %s / %s', (_, a, b) => {
    expect(both(said(a), said(b, 'Benefits'))).toBe(false);
  });

  test.each([
    ['plans', 'Gold plan', 'Silver plan'],
    ['platforms', 'Client on Windows', 'Client on macOS'],
    ['versions', 'Gateway 2.4', 'Gateway 3.0'],
    ['places', 'Working in Germany', 'Working in Spain'],
    ['people', 'Managers', 'Everyday life'],
    ['what is and what isn’t', 'Billable time', 'Non-billable time'],
  ])('the headings speak of other %s', (_, a, b) => {
    const text = (hours: number) => `Support answers within ${hours} hours.`;
    expect(both(said(text(2), a), said(text(8), b))).toBe(false);
  });

  test('the same page stands in two folders', () => {
    const a = said('The cache keeps 50 pages.', 'Cache', '7.4/cache.md');
    expect(both(a, said('The cache keeps 90 pages.', 'Cache', '7.5/cache.md'))).toBe(false);
    expect(both(a, said('The cache keeps 90 pages.', 'Cache', 'next/cache.md'))).toBe(false);
  });

  test('two sections of one document each speak of their own thing', () => {
    const section = (heading: string, amount: number): Said => ({
      text: `The travel allowance is $${amount}.`,
      path: 'trips.md',
      title: 'Trips',
      headings: ['Trips', heading],
    });
    expect(both(section('Nearby', 50), section('Overseas', 80))).toBe(false);
    expect(both(section('Travel allowance', 50), section('Overseas', 80))).toBe(true);
  });
});
