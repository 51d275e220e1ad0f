import { describe, expect, it } from 'vitest';
import { makeQuoteMatcher } from '../../../server/answer/match-quote.ts';
import { passagesOf } from './passages-of.ts';

const SOURCE = `# Leave

You can carry over a **maximum of 240** annual leave
hours, from one [leave year](https://opm.gov/x (y)) to the next. Award leave isn’t paid out if you leave “TTS”. Yes.

Employees do not have a right to privacy in their workspaces. In California, state programs pay part of the salary of new parents. Each employee has an annual budget of $4,000 which can be spent towards fees.

You must not bill for:

- Performance reviews
- Hiring activities, including interviews

| Level | Hours |
| --- | --- |
| New | 4 |

\`\`\`sh
if [ -n "$HOME" ]; then
  npm run leave -- --all
fi
\`\`\`
`;
const matcher = makeQuoteMatcher(passagesOf(SOURCE));
const sourceOf = (text: string): string | undefined => {
  const found = matcher.quote(text)?.citation;
  return found && SOURCE.slice(found.start, found.end);
};

describe('words that stand in a passage', () => {
  it('are found whatever their Markdown, quotes, dashes, spaces and case, with their exact place', () => {
    expect(
      sourceOf('you can carry over a maximum of 240 *annual leave hours*, from one leave year to the next'),
    ).toBe(
      'You can carry over a **maximum of 240** annual leave\nhours, from one [leave year](https://opm.gov/x (y)) to the next.',
    );
    expect(sourceOf('Award leave isn\'t paid out if you leave "TTS".')).toBe(
      'Award leave isn’t paid out if you leave “TTS”.',
    );
  });

  it('may be two sentences, an item, a row or code', () => {
    expect(sourceOf('Performance reviews')).toBe('Performance reviews');
    expect(sourceOf('New | 4')).toContain('New | 4');
    expect(sourceOf('npm run leave -- --all fi')).toBe('npm run leave -- --all\nfi');
    expect(
      sourceOf(
        'Award leave isn’t paid out if you leave “TTS”. Yes. Employees do not have a right to privacy in their workspaces.',
      ),
    ).toContain('Yes.\n\nEmployees');
  });

  it('give the passage’s number and its plain words', () => {
    expect(matcher.quote('Hiring activities, including interviews')?.citation).toMatchObject({
      n: 1,
      quote: 'Hiring activities, including interviews',
    });
  });

  it('count as quoted only from four words on or as a whole unit', () => {
    expect(matcher.quote('Yes.')).toBeUndefined();
    expect(matcher.quote('annual leave hours')).toBeUndefined();
    expect(matcher.find('a maximum of 240')).toBeDefined();
    expect(matcher.find('maximum of 240')).toBeUndefined();
  });

  it('are not quoted when what is left out may turn them', () => {
    for (const turned of [
      'have a right to privacy in their workspaces',
      'Employees have a right to privacy in their workspaces.',
      'State programs pay part of the salary of new parents.',
      'Award leave isn’t paid out',
    ]) {
      expect(matcher.quote(turned)).toBeUndefined();
    }
    expect(sourceOf('Each employee has an annual budget of $4,000')).toBe(
      'Each employee has an annual budget of $4,000',
    );
  });

  it('are not quoted with a changed word or number', () => {
    expect(
      matcher.quote(
        'You can carry over a maximum of 280 annual leave hours, from one leave year to the next.',
      ),
    ).toBeUndefined();
    expect(matcher.quote('Each employee has an annual budget of $4')).toBeUndefined();
    expect(matcher.quote('Award leave is paid out if you leave TTS.')).toBeUndefined();
  });

  it('are cited from the passage that the answer names, if they stand there too', () => {
    const twice = makeQuoteMatcher([
      ...passagesOf('# A\n\nUse Concur for all trips.'),
      ...passagesOf('# B\n\nUse Concur for all trips.', 'b.md', 2),
    ]);
    expect(twice.quote('Use Concur for all trips.', [2])?.citation.n).toBe(2);
    expect(twice.quote('Use Concur for all trips.', [7])?.citation.n).toBe(1);
  });

  it('are found under Liquid tags, HTML and entities', () => {
    const html =
      '# H\n\n<table>\n<tr><td>Labor Day</td><td>First Monday in September</td></tr>\n</table>\n\nAsk in {% slack_channel "people-ops" "People" %} &amp; wait.';
    const found = makeQuoteMatcher(passagesOf(html));
    expect(found.quote('Labor Day | First Monday in September')).toBeDefined();
    expect(found.quote('Ask in people-ops & wait.')).toBeDefined();
  });
});
