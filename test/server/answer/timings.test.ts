import { expect, test } from 'vitest';
import { makeClock } from '../../../server/answer/timings.ts';

test('each lap ends a stage; a stage that comes again adds up; the total runs on', () => {
  const times = [0, 10.04, 12.06, 20, 23.33];
  const clock = makeClock(() => times.shift() ?? 30);
  clock.lap('search');
  clock.lap('quote');
  clock.lap('search');
  expect(clock.timings()).toEqual({ search: 17.9, quote: 2, total: 23.3 });
});
