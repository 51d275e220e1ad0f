import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const LEVELS = ['critical', 'high', 'moderate', 'low'] as const;

test.skipIf(process.platform === 'win32')(
  'nothing that is shipped has a critical flaw that the registry knows of; others are named',
  ({ skip }) => {
    const { stdout } = spawnSync('npm', ['audit', '--omit=dev', '--json', '--fetch-retries=0'], {
      cwd: ROOT,
      encoding: 'utf8',
      timeout: 30_000,
    });
    const counts = countsOf(stdout);
    skip(counts === undefined, 'skipped: no registry answers npm audit here');
    const found = LEVELS.map((level) => `${level} ${counts?.[level]}`).join(', ');
    process.stdout.write(`npm audit: ${found}\n`);
    expect(counts?.critical, found).toBe(0);
  },
);

/** Flaws by level; undefined where the registry gave none of its knowledge away. */
function countsOf(json: string): Readonly<Record<(typeof LEVELS)[number], number>> | undefined {
  try {
    return JSON.parse(json).metadata?.vulnerabilities;
  } catch {
    return undefined;
  }
}
