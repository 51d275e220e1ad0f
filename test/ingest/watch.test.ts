import { realpathSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { makeRunner } from '../../ingest/run-again.ts';
import { watchDocs, watchFault } from '../../ingest/watch.ts';
import { makeUnwatched } from '../../ingest/watched-paths.ts';
import { tempFolder, writeInto } from './temp-folder.ts';

/** Watches until the test ends, and counts runs. A slow machine may part one change into two. */
async function watching(docs: string) {
  const abort = new AbortController();
  let runs = 0;
  const told: string[] = [];
  const run = async () => {
    runs += 1;
  };
  const tell = (line: string) => void told.push(line);
  const watched = watchDocs(docs, run, { signal: abort.signal, tell });
  onTestFinished(async () => {
    abort.abort();
    await watched;
  });
  await vi.waitFor(() => expect(runs).toBe(1), 10_000);
  return {
    told,
    async runsAfter(change: () => void) {
      const before = runs;
      change();
      await vi.waitFor(() => expect(runs).toBeGreaterThan(before), 10_000);
      await sleep(300);
      expect(runs - before).toBeLessThanOrEqual(2);
    },
    async noneAfter(change: () => void) {
      const before = runs;
      change();
      await sleep(500);
      expect(runs).toBe(before);
    },
  };
}

describe('watchDocs', () => {
  it('runs for a save, an atomic save, a rename, a new folder, and files that go', async () => {
    const docs = tempFolder({ 'a.md': '# A' });
    const watch = await watching(docs);
    await watch.runsAfter(() => writeInto(docs, 'a.md', '# A, changed'));
    await watch.runsAfter(() => {
      writeInto(docs, 'a.md.tmp', '# A, saved by another editor');
      renameSync(join(docs, 'a.md.tmp'), join(docs, 'a.md'));
    });
    await watch.runsAfter(() => renameSync(join(docs, 'a.md'), join(docs, 'b.md')));
    await watch.runsAfter(() => writeInto(docs, 'new/deep/c.md', '# C'));
    await watch.runsAfter(() => rmSync(join(docs, 'new'), { recursive: true }));
  });

  it('takes a burst such as a branch switch for one change', async () => {
    const docs = tempFolder({ 'a.md': '# A' });
    const watch = await watching(docs);
    await watch.runsAfter(() => {
      for (let n = 0; n < 40; n += 1) writeInto(docs, `f${n % 4}/${n}.md`, `# ${n}`);
    });
  });

  it('does not run for other files and hidden folders', async () => {
    const docs = tempFolder({ 'a.md': '# A', '.git/HEAD': 'ref' });
    const watch = await watching(docs);
    await watch.noneAfter(() => {
      writeInto(docs, 'note.log', 'x');
      writeInto(docs, '.git/index.md', 'x');
      writeInto(docs, 'node_modules/p/README.md', 'x');
    });
  });

  it('waits for a folder that goes, takes in what came back, and hears what changes then', async () => {
    const parent = tempFolder({ 'docs/a.md': '# A', 'docs/sub/b.md': '# B' });
    const docs = join(parent, 'docs');
    const watch = await watching(docs);
    for (const round of [1, 2]) {
      rmSync(docs, { recursive: true });
      await vi.waitFor(() => expect(watch.told).toHaveLength(round * 2 - 1), 10_000);
      await watch.runsAfter(() => writeInto(docs, 'a.md', `# A ${round}`));
      await watch.runsAfter(() => writeInto(docs, 'sub/c.md', `# C ${round}`));
      await watch.runsAfter(() => writeInto(docs, 'a.md', `# A, changed ${round}`));
    }
    expect(watch.told.slice(0, 2)).toEqual([
      `The docs folder ${docs} is gone. The index stays as it is until the folder is back.`,
      `The docs folder ${docs} is back.`,
    ]);
    // Another folder under the same name at once, as a deployment puts it there.
    await watch.runsAfter(() => {
      writeInto(parent, 'next/d.md', '# D');
      renameSync(docs, join(parent, 'before'));
      renameSync(join(parent, 'next'), docs);
    });
    await watch.runsAfter(() => writeInto(docs, 'd.md', '# D, changed'));
  });

  it('does not follow links out of the folder, and follows one that leads to a hidden place in it', async () => {
    const outside = tempFolder({ 'x.md': '# X' });
    const docs = tempFolder({ 'a.md': '# A', '.kept/b.md': '# B' });
    symlinkSync(outside, join(docs, 'out'));
    symlinkSync(join(docs, '.kept'), join(docs, 'kept'));
    const watch = await watching(docs);
    await watch.noneAfter(() => writeInto(outside, 'x.md', '# X, changed'));
    await watch.runsAfter(() => writeInto(docs, '.kept/b.md', '# B, changed'));
  });
});

describe('makeUnwatched', () => {
  it('leaves out what leads out, what is seen elsewhere, and circles', () => {
    const root = realpathSync(tempFolder({ 'sub/a.md': '# A', '.hidden/b.md': '# B' }));
    const outside = tempFolder({ 'x.md': '# X', 'deep/y.md': '# Y' });
    const link = (target: string, path: string) => symlinkSync(target, join(root, path));
    link(outside, 'out');
    link(join(outside, 'x.md'), 'x.md');
    link('..', 'sub/up');
    link('sub', 'same');
    link('.hidden', 'first');
    link('.hidden', 'second');
    link('../.hidden', '.hidden/self');
    link('nowhere.md', 'nothing.md');
    const isUnwatched = makeUnwatched(root);
    const watched = (path: string) => !isUnwatched(join(root, path), false);
    const paths = ['', 'sub', 'sub/a.md', 'out', 'x.md', 'sub/up', 'same', 'first', 'second', 'nothing.md'];
    expect(paths.filter(watched)).toEqual(['', 'sub', 'sub/a.md', 'first', 'nothing.md']);
    // Each is asked about more than once, and a circle is none the longer for it.
    expect(['first', 'first/b.md', 'first/self'].filter(watched)).toEqual(['first', 'first/b.md']);
  });
});

describe('watchFault', () => {
  const fault = (code: string) => watchFault(Object.assign(new Error(`${code}: watch`), { code }));

  it('says how to raise a limit of the system, and leaves to each run what it tells of itself', () => {
    expect(fault('ENOSPC')).toMatch(/no more watched files.*sysctl fs\.inotify\.max_user_watches=524288/);
    expect(fault('EMFILE')).toMatch(/no more watchers.*fs\.inotify\.max_user_instances/);
    expect(fault('EACCES')).toBeUndefined();
    expect(fault('EIO')).toBe("Something can't be watched, so some changes will not be noticed: EIO: watch");
  });
});

describe('makeRunner', () => {
  it('never runs twice at once; changes during a run bring one more', async () => {
    let atOnce = 0;
    let runs = 0;
    const releases: (() => void)[] = [];
    const runner = makeRunner(
      async () => {
        runs += 1;
        atOnce += 1;
        expect(atOnce).toBe(1);
        await new Promise<void>((resolve) => releases.push(resolve));
        atOnce -= 1;
      },
      { pauseMs: 1 },
    );
    runner.changed();
    await vi.waitFor(() => expect(runs).toBe(1));
    runner.changed();
    await sleep(20);
    runner.changed();
    await sleep(20);
    expect(runs).toBe(1);
    releases.shift()?.();
    await vi.waitFor(() => expect(runs).toBe(2));
    releases.shift()?.();
    await runner.close();
    expect(runs).toBe(2);
  });

  it('tries a run that failed again until one works, and no more after that', async () => {
    let runs = 0;
    const runner = makeRunner(
      async () => {
        runs += 1;
        if (runs < 4) throw new Error('no');
      },
      { pauseMs: 1, retryMs: 1 },
    );
    runner.changed();
    await vi.waitFor(() => expect(runs).toBe(4));
    await sleep(50);
    expect(runs).toBe(4);
    await runner.close();
  });

  it('does not wait to try again when there is a change', async () => {
    let runs = 0;
    const runner = makeRunner(
      async () => {
        runs += 1;
        throw new Error('no');
      },
      { pauseMs: 1, retryMs: 1_000_000 },
    );
    runner.changed();
    await vi.waitFor(() => expect(runs).toBe(1));
    runner.changed();
    await vi.waitFor(() => expect(runs).toBe(2));
    await runner.close();
  });
});
