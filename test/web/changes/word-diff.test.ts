import { describe, expect, it } from 'vitest';
import { diffTexts } from '../../../web/changes/word-diff.ts';

/** `-removed-`, `+added+`, `…` for what is left out. */
function drawn(before: string, after: string): string | undefined {
  const marks = { same: '', removed: '-', added: '+', 'left out': '' };
  return diffTexts(before, after)
    ?.map(({ kind, text }) => (kind === 'left out' ? '…' : `${marks[kind]}${text}${marks[kind]}`))
    .join('');
}

describe('the difference of two texts', () => {
  it.each([
    ['Keep logs for 30 days.', 'Keep logs for 45 days.', 'Keep logs for -30-+45+ days.'],
    ['Keep the logs.', 'Keep the old logs.', 'Keep the +old +logs.'],
    [
      'Журналы хранятся тридцать дней.',
      'Журналы хранятся сорок дней.',
      'Журналы хранятся -тридцать-+сорок+ дней.',
    ],
    ['日志保存三十天。', '日志保存四十天。', '日志保存-三十-+四十+天。'],
  ])('is shown in whole words: %s', (before, after, shown) => {
    expect(drawn(before, after)).toBe(shown);
  });

  it('takes a lone word between two changes into them', () => {
    expect(drawn('The quick brown fox jumps over the dog', 'A slow brown cow leaps over the dog')).toBe(
      '-The quick brown fox jumps-+A slow brown cow leaps+ over the dog',
    );
  });

  it('begins with the line that was put in', () => {
    expect(drawn('## What\n\nA PSA is it.', '## What\n\nA new line.\n\nA PSA is it.')).toBe(
      '## What\n\n+A new line.\n\n+A PSA is it.',
    );
  });

  it('is none when only spaces and line breaks differ', () => {
    expect(diffTexts('one two\nthree', 'one  two three\n')).toEqual([]);
  });

  it('leaves out most of what both say', () => {
    const words = Array.from({ length: 300 }, (_, index) => `w${index}`).join(' ');
    const shown = drawn(`${words} old ${words}`, `${words} new ${words}`) ?? '';
    expect(shown).toMatch(/^….{160,200}-old-\+new\+.{160,200}…$/);
  });

  it('is not drawn of two texts that have little in common', () => {
    expect(diffTexts('Alpha beta gamma delta.', 'Entirely other words are here now.')).toBeUndefined();
  });
});
