import { expect, test } from 'vitest';
import { killIngests } from './kill-ingests.ts';

/** `KILLS=300 npx vitest run test/ingest/crash.test.ts`, or `npm run bench -- kills 300`. */
const kills = Number(process.env.KILLS ?? 40);

test(`${kills} ingests killed at every step and at random: the old set or the new one, and the next run completes`, {
  timeout: 60_000 + kills * 6_000,
}, async () => {
  const report = await killIngests({ kills });
  expect(report.wrong).toEqual([]);
  expect(report.old + report.new).toBe(kills);
  expect(report.atRandom).toBeGreaterThan(0);
});
