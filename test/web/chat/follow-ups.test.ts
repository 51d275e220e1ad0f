import { describe, expect, it } from 'vitest';
import type { DocumentList, Source } from '../../../server/events.ts';
import { followUps } from '../../../web/chat/follow-ups.tsx';
import { documentFrom } from '../../browser/corpus.ts';

const documents = [
  documentFrom('a.md', '# A\n\n## One\n\nx\n\n## Is It Two?\n\nx\n\n## Three\n\nx\n'),
  documentFrom('b.md', '# B\n\n## Four\n\nx\n\n## Five\n\nx\n'),
];
const list: DocumentList = { version: 1, documents };

function source(path: string, anchor: string): Source {
  return { n: 1, path, anchor, headings: [], title: '', url: '', excerpt: '', hash: '', changedAt: '' };
}

describe('followUps', () => {
  it('asks about the sections beside the cited ones, one from each source first', () => {
    expect(followUps(list, [source('a.md', 'one'), source('b.md', 'five')], false, [])).toEqual([
      'Is it Two?',
      'What should I know about “Four”?',
      'What should I know about “Three”?',
    ]);
  });

  it('asks about the nearest sections themselves when nothing answered', () => {
    expect(followUps(list, [source('a.md', 'is-it-two'), source('a.md', 'three')], true, [])).toEqual([
      'Is it Two?',
      'What should I know about “Three”?',
    ]);
  });

  it('asks nothing about sections that are gone or cited already', () => {
    expect(followUps(list, [source('gone.md', 'x')], false, [])).toEqual([]);
    expect(followUps(list, [source('b.md', 'four'), source('b.md', 'five')], false, [])).toEqual([]);
  });

  it('asks nothing that was asked before, and something else in its place', () => {
    const asked = ['is it two', 'What should I know about the “Four”?'];
    expect(followUps(list, [source('a.md', 'one'), source('b.md', 'five')], false, asked)).toEqual([
      'What should I know about “Three”?',
    ]);
  });
});
