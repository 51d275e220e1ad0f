import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
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
});
