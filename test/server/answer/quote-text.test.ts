import { fromMarkdown } from 'mdast-util-from-markdown';
import { toString as plainOf } from 'mdast-util-to-string';
import { describe, expect, it } from 'vitest';
import { toQuotable } from '../../../server/answer/quote-markdown.ts';

describe('a piece of a text file, made quotable', () => {
  it('shows its signs as they stand, and a line for each entry of a list', () => {
    const text = 'Use *.log & [x](y) <b>:\n  - a_b_c\n  2. two\n# not a heading\n    nor code [1]';
    const { text: shown, at } = toQuotable(text, 'notes/a.TXT');
    const tree = fromMarkdown(shown);
    expect(tree.children.map(({ type }) => type)).toEqual(['paragraph']);
    expect(plainOf(tree).replace(/\s+/g, ' ')).toBe(
      'Use *.log & [x](y) <b>:- a_b_c2. two # not a heading nor code [1]',
    );
    expect(shown.slice(at(text.indexOf('nor')), at(text.indexOf(' [1]')))).toBe('nor code');
    expect(shown).toContain(':\\\n\\- a');
  });
});
