import { expect, it } from 'vitest';
import { lineOf } from '../../../web/docs/docs-outline.tsx';

it.each([
  ['the top of a long page', { scrollTop: 0, scrollHeight: 5000, clientHeight: 800 }, 120],
  ['its middle', { scrollTop: 2000, scrollHeight: 5000, clientHeight: 800 }, 120],
  ['half a screen before its end', { scrollTop: 3800, scrollHeight: 5000, clientHeight: 800 }, 460],
  ['its end', { scrollTop: 4200, scrollHeight: 5000, clientHeight: 800 }, 800],
  ['the top of one that hardly scrolls', { scrollTop: 0, scrollHeight: 900, clientHeight: 800 }, 120],
  ['the end of one that hardly scrolls', { scrollTop: 100, scrollHeight: 900, clientHeight: 800 }, 800],
  ['one that fits', { scrollTop: 0, scrollHeight: 800, clientHeight: 800 }, 120],
])('the line one reads at: %s', (_, view, line) => {
  expect(lineOf(view)).toBe(line);
});
