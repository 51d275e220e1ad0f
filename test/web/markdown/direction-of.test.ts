import { expect, it } from 'vitest';
import { directionOf } from '../../../web/markdown/direction-of.ts';
import { parseAnswer } from '../../../web/markdown/parse.ts';

it.each([
  ['- one', 'ltr'],
  ['- אחת\n- two', 'rtl'],
  ['1. **ثلاثة** أيام', 'rtl'],
  ['- `npm install` يثبت الحزم', 'rtl'],
  ['> 12: «نص»', 'rtl'],
  ['| שם | n |\n| - | - |\n| a | 1 |', 'rtl'],
  ['- 日本語', 'ltr'],
  ['- 1\n- 2', undefined],
])('%j runs %s', (markdown, direction) => {
  const [block] = parseAnswer(markdown).root.children;
  expect(block && directionOf(block)).toBe(direction);
});
