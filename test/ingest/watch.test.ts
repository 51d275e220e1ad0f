import { renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { makeRunner, watchDocs } from '../../ingest/watch.ts';
import { tempFolder, writeInto } from './temp-folder.ts';

/** Watches until the test ends, and counts runs. A slow machine may part one change into two. */
async function watching(docs: string) {
  const abort = new AbortController();
  let runs = 0;
  const run = async () => {
    runs += 1;
  };
  const watched = watchDocs(docs, run, { signal: abort.signal });
  onTestFinished(async () => {
    abort.abort();
    await watched;
  });
  await vi.waitFor(() => expect(runs).toBe(1), 10_000);
  return {
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
});

describe('makeRunner', () => {
  it('never runs twice at once; changes during a run bring one more', async () => {
    let atOnce = 0;
    let runs = 0;
    const releases: (() => void)[] = [];
    const runner = makeRunner(async () => {
      runs += 1;
      atOnce += 1;
      expect(atOnce).toBe(1);
      await new Promise<void>((resolve) => releases.push(resolve));
      atOnce -= 1;
    }, 1);
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

  it('goes on after a run that failed', async () => {
    let runs = 0;
    const runner = makeRunner(async () => {
      runs += 1;
      throw new Error('no');
    }, 1);
    runner.changed();
    await vi.waitFor(() => expect(runs).toBe(1));
    runner.changed();
    await vi.waitFor(() => expect(runs).toBe(2));
    await runner.close();
  });
});
