import { defineConfig } from 'vitest/config';

const reporters = process.env.VITEST_REPORTERS?.split(',');
const outputFile = process.env.VITEST_JSON;

export default defineConfig({
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  test: {
    include: ['test/**/*.test.{ts,tsx}'],
    globalSetup: ['test/browser/prepare.ts'],
    setupFiles: ['test/fail-on-console-error.ts'],
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // On a machine at work a browser or a child process may be starved of time once; a real fault fails again.
    retry: 1,
    ...(reporters && { reporters }),
    ...(outputFile && { outputFile: { json: outputFile } }),
  },
});
