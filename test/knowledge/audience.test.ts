import { expect, test } from 'vitest';
import { audienceFrom, audienceKey, audienceOf, maySee } from '../../knowledge/audience.ts';

test('names are compared without case, white space and order', () => {
  expect(audienceOf([' HR ', 'the  Board', 'hr', ''])).toEqual(['hr', 'the board']);
  expect(audienceOf(['sales, hr'])).toEqual(['hr', 'sales']);
});

test('a key stands for the same names', () => {
  expect(audienceKey(['Sales', 'hr'])).toBe('hr,sales');
  expect(audienceFrom(audienceKey(['Sales', 'hr']))).toEqual(['hr', 'sales']);
  expect(audienceFrom(audienceKey([]))).toEqual([]);
});

test('everybody sees what names no audience, and members what names one of their groups', () => {
  expect(maySee([], [])).toBe(true);
  expect(maySee(['hr'], ['board', 'hr'])).toBe(true);
  expect(maySee(['sales'], ['board', 'hr'])).toBe(false);
  expect(maySee([], ['hr'])).toBe(false);
});
