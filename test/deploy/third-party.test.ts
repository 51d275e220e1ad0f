import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { shippedPackages, thirdPartyMarkdown } from '../../deploy/third-party.ts';

/** Licences that ask for no more than a notice. */
const PERMISSIVE = /^\(?(MIT|ISC|Apache-2\.0|BSD-[23]-Clause|0BSD|CC0-1\.0)( OR (MIT|CC0-1\.0))?\)?$/;

describe('THIRD_PARTY.md', () => {
  const packages = shippedPackages();

  it('lists what the lock file ships (else run: npm run third-party)', () => {
    const file = readFileSync(new URL('../../THIRD_PARTY.md', import.meta.url), 'utf8');
    expect(file).toBe(thirdPartyMarkdown(packages));
  });

  it('holds the licence of what is shipped without its package', () => {
    expect(thirdPartyMarkdown(packages)).toMatch(
      /^## preact\n\n +The MIT License[\s\S]*THE SOFTWARE IS PROVIDED/m,
    );
  });

  it('holds what is built into the client, and nothing for development alone', () => {
    const names = packages.map(({ name }) => name);
    for (const name of ['hono', 'preact', 'diff', '@lancedb/lancedb']) expect(names).toContain(name);
    for (const name of ['vitest', 'typescript', 'kubernetes-models']) expect(names).not.toContain(name);
  });

  it('knows each licence, and each asks for a notice at most', () => {
    expect(packages.filter(({ license }) => !PERMISSIVE.test(license))).toEqual([]);
  });
});
