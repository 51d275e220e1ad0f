import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sha256 } from '../../knowledge/sha256.ts';

type Outcome = { readonly code: number; readonly stdout: string; readonly stderr: string };

let dir: string;
let file: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'docent-token-'));
  file = join(dir, 'access', 'tokens');
});
afterEach(() => rmSync(dir, { recursive: true }));

function token(...args: string[]): Promise<Outcome> {
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      ['--import', 'tsx', 'server/token-main.ts', '--file', file, ...args],
      (error, stdout, stderr) =>
        resolve({ code: typeof error?.code === 'number' ? error.code : 0, stdout, stderr }),
    );
  });
}

describe('npm run token', () => {
  it('shows a new token once, keeps its hash, lists names, and revokes', async () => {
    const added = await token('add', 'ann', '--audience', 'HR, it');
    expect(added.code).toBe(0);
    const made = added.stdout.trim();
    expect(readFileSync(file, 'utf8')).toBe(`ann:${sha256(made)}:hr,it\n`);
    expect(added.stderr).toContain(`ACCESS_TOKENS=${file}`);
    await token('add', 'owner', '--audience', '*');
    expect((await token('list')).stdout).toBe('ann\topen documents, hr, it\nowner\tall documents\n');
    expect(await token('revoke', 'ann')).toMatchObject({ code: 0 });
    expect((await token('list')).stdout).toBe('owner\tall documents\n');
  });

  it('says in a line what is wrong', async () => {
    await token('add', 'ann');
    for (const [args, words] of [
      [['add', 'ann'], 'There is a token "ann" already'],
      [['add', 'a b'], '"a b" is no name'],
      [['revoke', 'bob'], 'There is no token "bob"'],
    ] as const) {
      const { code, stderr } = await token(...args);
      expect(code).toBe(1);
      expect(stderr).toContain(words);
      expect(stderr.trim().split('\n')).toHaveLength(1);
    }
  });
});
