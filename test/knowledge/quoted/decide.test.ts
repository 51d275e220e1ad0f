import { describe, expect, test } from 'vitest';
import { decide, missingNames } from '../../../knowledge/quoted/decide.ts';
import { holdsName } from '../../../knowledge/quoted/holds-name.ts';
import { foundIn } from '../../server/answer/found-in.ts';

describe('a name in a text', () => {
  test.each([
    ['what an MSP does', 'MSPs'],
    ['what MSPs do', 'MSP'],
    ['the msp’s tools', 'MSP'],
    ['made by Kaseya.', "Kaseya's"],
    ['a 401(k) plan', '401k'],
    ['keep 3-2-1 copies', '3-2-1'],
    ['N‑able sells it', 'N-able'],
    ['in denver', 'Denver'],
    ['two Boxes', 'Box'],
    ['Windows 11', 'Windows'],
    ['rmm/psa.md', 'PSA'],
  ])('%s: %s', (text, name) => {
    expect(holdsName(text, name)).toBe(true);
  });

  test.each([
    ['the laws of it', 'AWS'],
    ['with bits', 'IT'],
    ['in 2019', '20'],
    ['a Datto appliance', 'Dat'],
    ['fifteen', '15'],
    ['', 'MSP'],
  ])('not in %j: %s', (text, name) => {
    expect(holdsName(text, name)).toBe(false);
  });
});

describe('the names of a question that the docs lack', () => {
  const files = { 'atera.md': '# Atera\n\nAtera supports single sign-on.\n' };

  test.each([
    ['Does Atera support single sign-on with Okta?', ['Okta']],
    ['Does ATERA’s product support SSO?', ['SSO']],
    ['does it support single sign-on?', []],
  ])('%s', (question, missing) => {
    expect(missingNames(foundIn(files, question))).toEqual(missing);
  });

  test('are sought in headings and paths too', () => {
    const source = '# Leave\n\n## Denver\n\nTen days.\n';
    expect(missingNames(foundIn({ 'HR/leave.md': source }, 'How many days in Denver, says HR?'))).toEqual([]);
  });
});

test('without a section there is nothing to say', () => {
  expect(decide(foundIn({}, 'What is a PSA?'))).toMatchObject({ verdict: 'abstain' });
});
