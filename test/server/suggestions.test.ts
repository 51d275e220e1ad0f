import { describe, expect, test } from 'vitest';
import type { DocumentSummary } from '../../knowledge/snapshot.ts';
import { suggestQuestions } from '../../server/suggestions.ts';

const CHANGED_AT = '2025-01-02T03:04:05.000Z';

function summary(path: string, ...headings: string[]): DocumentSummary {
  const sections = headings.map((heading, index) => ({
    index,
    anchor: `h${index}`,
    headings: index === 0 ? [heading] : [headings[0] ?? '', heading],
    level: index === 0 ? 1 : 2,
    start: index,
    end: index + 1,
    hash: `${index}`,
    changedAt: CHANGED_AT,
  }));
  return { path, title: headings[0] ?? '', changedAt: CHANGED_AT, audience: [], sections };
}

describe('suggestQuestions', () => {
  test.each([
    ['What Is an RMM?', 'What is an RMM?'],
    ['Can I work from home?', 'Can I work from home?'],
    ['RMM versus PSA', 'What is the difference between RMM and PSA?'],
    ['MSP vs. In-House IT', 'What is the difference between MSP and In-House IT?'],
    ['How an MSP Works', 'How does an MSP work?'],
    ['How PSA Vendors Differ', 'How do PSA Vendors differ?'],
    ['How to Request Time Off', 'How do I request Time Off?'],
    ['Operational Maturity Levels (OML)', 'What are Operational Maturity Levels (OML)?'],
    ['SIEM', 'What is SIEM?'],
    ['vCIO Services', 'What are vCIO Services?'],
  ])('the heading %j is asked as %j', (heading, question) => {
    expect(suggestQuestions([summary('a.md', heading)])).toEqual([question]);
  });

  test.each([
    'Overview',
    'Table of Contents',
    'MSP Glossary',
    'How to Use These Guides',
    'Where Profit Leaks',
    'A Very Long Heading about MSP Matters and More',
    '',
  ])('the heading %j asks nothing', (heading) => {
    expect(suggestQuestions([summary('a.md', heading)])).toEqual([]);
  });

  test('takes different kinds from different documents, headings with acronyms first', () => {
    const documents = [
      summary('a.md', 'Businesses', 'Size versus Maturity', 'What Is Break-Fix?'),
      summary('b.md', 'RMM', 'What Is an RMM?', 'RMM versus PSA'),
      summary('c.md', 'MSPs', 'How an MSP Works', 'What Are MSPs?'),
      summary('d.md', 'Security', 'SIEM'),
    ];
    expect(suggestQuestions(documents)).toEqual([
      'What is the difference between RMM and PSA?',
      'What are MSPs?',
      'What is SIEM?',
      'What is the difference between Size and Maturity?',
    ]);
    expect(suggestQuestions(documents.toReversed())).toEqual(suggestQuestions(documents));
  });

  test('a single document may give all of them, none twice', () => {
    const headings = [
      'Tools',
      'What Is an RMM?',
      'What Is a PSA?',
      'What Is a PSA?',
      'EDR versus MDR',
      'SIEM',
      'NOC',
    ];
    const questions = suggestQuestions([summary('a.md', ...headings)]);
    expect(questions).toHaveLength(4);
    expect(new Set(questions).size).toBe(4);
  });

  test('no documents, no questions', () => {
    expect(suggestQuestions([])).toEqual([]);
  });
});
