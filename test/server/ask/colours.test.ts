import { expect, test } from 'vitest';
import { wantsColour } from '../../../server/ask/colours.ts';

test.each([
  { why: 'a terminal', env: {}, isTTY: true, wanted: true },
  { why: 'a pipe', env: {}, isTTY: false, wanted: false },
  { why: 'a terminal without colours', env: { TERM: 'dumb' }, isTTY: true, wanted: false },
  { why: 'NO_COLOR', env: { NO_COLOR: '1' }, isTTY: true, wanted: false },
  { why: 'NO_COLOR, empty', env: { NO_COLOR: '' }, isTTY: true, wanted: true },
  { why: 'FORCE_COLOR in a pipe', env: { FORCE_COLOR: '1' }, isTTY: false, wanted: true },
  { why: 'FORCE_COLOR=0', env: { FORCE_COLOR: '0' }, isTTY: true, wanted: false },
])('colour: $why', ({ env, isTTY, wanted }) => {
  expect(wantsColour(env, { isTTY })).toBe(wanted);
});
