import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { makeChangedAt } from '../../ingest/changed-at.ts';
import { tempFolder, writeInto } from './temp-folder.ts';

const own = '2030-01-01T00:00:00.000Z';

function commit(folder: string, date: string) {
  const env = { ...process.env, GIT_COMMITTER_DATE: date, GIT_AUTHOR_DATE: date };
  const name = ['-c', 'user.name=T', '-c', 'user.email=t@example.org', '-c', 'commit.gpgsign=false'];
  execFileSync('git', ['add', '.'], { cwd: folder });
  execFileSync('git', [...name, 'commit', '-qm', 'docs'], { cwd: folder, env });
}

describe('makeChangedAt', () => {
  it("knows each section's last commit, and takes the file's time for lines not committed yet", async () => {
    const docs = tempFolder({ 'ü b.md': '# One\n\nFirst.\n\n# Two\n\nSecond.\n\n# Three\n\nThird.\n' });
    execFileSync('git', ['init', '-q'], { cwd: docs });
    commit(docs, '2024-03-01T10:00:00Z');
    writeInto(docs, 'ü b.md', '# One\n\nFirst.\n\n# Two\n\nSecond, mended.\n\n# Three\n\nThird.\n');
    commit(docs, '2025-04-02T10:00:00Z');
    const source = '# One\n\nFirst.\n\n# Two\n\nSecond, mended.\n\n# Three\n\nThird, new.\n';
    writeInto(docs, 'ü b.md', source);

    const times = await makeChangedAt(docs)(join(docs, 'ü b.md'), { source, changedAt: own });
    const section = (from: string, to: string) => {
      const end = source.indexOf(to);
      return times.sectionChangedAt?.({ start: source.indexOf(from), end: end < 0 ? source.length : end });
    };
    expect(times.changedAt).toBe(own);
    expect(section('# One', '# Two')).toBe('2024-03-01T10:00:00.000Z');
    expect(section('# Two', '# Three')).toBe('2025-04-02T10:00:00.000Z');
    expect(section('# Three', '\0')).toBe(own);
  });

  it("takes the file's time outside a work tree, and for files that git doesn't know", async () => {
    const docs = tempFolder({ 'a.md': '# A\n' });
    const file = { source: '# A\n', changedAt: own };
    expect(await makeChangedAt(docs)(join(docs, 'a.md'), file)).toEqual({ changedAt: own });
    execFileSync('git', ['init', '-q'], { cwd: docs });
    expect(await makeChangedAt(docs)(join(docs, 'a.md'), file)).toEqual({ changedAt: own });
  });

  it('says once that a history is cut short, and gives older text no newer time than it must have', async () => {
    const origin = tempFolder({ 'a.md': '# One\n\nFirst.\n', 'b.md': '# B\n\nOther.\n' });
    execFileSync('git', ['init', '-q'], { cwd: origin });
    commit(origin, '2020-01-01T10:00:00Z');
    writeInto(origin, 'a.md', '# One\n\nFirst.\n\n# Two\n');
    commit(origin, '2024-03-01T10:00:00Z');
    writeInto(origin, 'a.md', '# One\n\nFirst.\n\n# Two\n\n# Three\n');
    commit(origin, '2025-04-02T10:00:00Z');
    const docs = join(tempFolder(), 'clone');
    execFileSync('git', ['clone', '-q', '--depth', '2', pathToFileURL(origin).href, docs]);

    const warnings: string[] = [];
    const changedAt = makeChangedAt(docs, { warn: (warning) => warnings.push(warning) });
    const source = '# One\n\nFirst.\n\n# Two\n\n# Three\n';
    const first = { start: 0, end: 5 };
    const known = await changedAt(join(docs, 'a.md'), { source, changedAt: own });
    expect(known.changedAt).toBe('2025-04-02T10:00:00.000Z');
    expect(known.sectionChangedAt?.(first)).toBe('2024-03-01T10:00:00.000Z');
    const older = await changedAt(join(docs, 'a.md'), { source, changedAt: '2021-05-05T00:00:00.000Z' });
    expect(older.sectionChangedAt?.(first)).toBe('2021-05-05T00:00:00.000Z');
    await changedAt(join(docs, 'b.md'), { source: '# B\n\nOther.\n', changedAt: own });
    expect(warnings).toEqual([expect.stringMatching(/cut short.*git fetch --unshallow$/)]);
  });

  it('does not take the first commit of a whole history for the end of one', async () => {
    const docs = tempFolder({ 'a.md': '# A\n' });
    execFileSync('git', ['init', '-q'], { cwd: docs });
    commit(docs, '2024-03-01T10:00:00Z');
    const warn = (warning: string) => expect.unreachable(warning);
    const times = await makeChangedAt(docs, { warn })(join(docs, 'a.md'), {
      source: '# A\n',
      changedAt: own,
    });
    expect(times.changedAt).toBe('2024-03-01T10:00:00.000Z');
  });

  it.each([
    [
      'refuses',
      'rev-parse',
      { kind: 'failed', stderr: 'fatal: detected dubious ownership' },
      /safe\.directory \/docs$/,
    ],
    ['takes too long', 'blame', { kind: 'timed-out' }, /took too long .*\/docs\/a\.md/],
  ] as const)('says once that git %s, and takes the time of the file', async (_, command, outcome, words) => {
    const warnings: string[] = [];
    const changedAt = makeChangedAt('/docs', {
      warn: (warning) => warnings.push(warning),
      git: async (args) => (args.includes(command) ? outcome : { kind: 'done', stdout: 'true\nfalse\n' }),
    });
    const file = { source: '# A\n', changedAt: own };
    for (const name of ['a.md', 'b.md']) {
      expect(await changedAt(`/docs/${name}`, file)).toEqual({ changedAt: own });
    }
    expect(warnings).toEqual([expect.stringMatching(words)]);
  });
});
