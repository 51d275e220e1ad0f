import { randomUUID } from 'node:crypto';
import { link, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { DocentError } from './errors.ts';

export type StoreLock = {
  /** Throws `DocentError` `store_locked` when the lock was lost, say to a run that took this one for dead. */
  check(): Promise<void>;
  release(): Promise<void>;
};

/** `started`: clock ticks since boot at which the process began, so that a reused pid is told apart. */
const holderShape = z.object({
  token: z.string(),
  pid: z.number().int(),
  started: z.string(),
  host: z.string(),
});
type Holder = Readonly<z.infer<typeof holderShape>>;

/** Milliseconds between two signs of life, and without one until a holder elsewhere counts as dead. */
const beat = 2_000;
const deadAfter = 30_000;

/**
 * Makes the caller the only writer of the store in `folder`: a file with the holder's pid and start time.
 * A holder that died on this machine loses it at once, one on another machine (or in another container, or where the
 * system doesn't tell start times) after half a minute without a sign of life. Kept libraries know only the second way and don't say who
 * holds it. Throws `DocentError` `store_locked` naming the holder and what `use` it makes.
 */
export async function lockStore(
  folder: string,
  {
    startOf = startInProc,
    use = `is writing the index at ${folder}. Wait for it to end.`,
  }: { startOf?: typeof startInProc; use?: string } = {},
): Promise<StoreLock> {
  const file = join(folder, 'writer.lock');
  const self: Holder = {
    token: randomUUID(),
    pid: process.pid,
    started: (await startOf(process.pid)) ?? '',
    host: hostname(),
  };
  for (;;) {
    if (await take(file, self)) break;
    const holder = await holderOf(file);
    if (holder && (await isAlive(file, holder, startOf))) throw lockedBy(holder, use);
    if (holder) await putAside(file, holder);
  }
  const timer = setInterval(() => {
    const now = new Date();
    utimes(file, now, now).catch(() => undefined);
  }, beat);
  timer.unref();

  const isOurs = async () => (await holderOf(file))?.token === self.token;
  return {
    async check() {
      if (await isOurs()) return;
      throw takenOver(folder);
    },
    async release() {
      clearInterval(timer);
      if (await isOurs()) await rm(file, { force: true });
    },
  };
}

/** What a writer is told that was taken for dead. */
export function takenOver(where: string): DocentError {
  return new DocentError(
    'store_locked',
    `Another ingest took over the index at ${where}. Nothing was committed; run it again.`,
  );
}

/** Whole or not at all: the file appears under its name with its content. */
async function take(file: string, self: Holder): Promise<boolean> {
  const draft = `${file}.${self.token}`;
  try {
    await writeFile(draft, JSON.stringify(self));
    await link(draft, file);
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  } finally {
    await rm(draft, { force: true });
  }
}

/** Moves a dead holder's file away; another's that came in between is put back. */
async function putAside(file: string, dead: Holder): Promise<void> {
  const aside = `${file}.${randomUUID()}`;
  try {
    await rename(file, aside);
    if ((await holderOf(aside))?.token !== dead.token) await link(aside, file);
  } catch (error) {
    if (codeOf(error) !== 'ENOENT' && codeOf(error) !== 'EEXIST') throw error;
  } finally {
    await rm(aside, { force: true });
  }
}

/** `undefined` when nobody holds it; a file that says nothing counts as a dead holder's. */
async function holderOf(file: string): Promise<Holder | undefined> {
  try {
    const parsed = holderShape.safeParse(JSON.parse(await readFile(file, 'utf8')));
    return parsed.success ? parsed.data : nobody;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    if (error instanceof SyntaxError) return nobody;
    throw error;
  }
}

const nobody: Holder = { token: '', pid: 0, started: '', host: '' };

async function isAlive(file: string, holder: Holder, startOf: typeof startInProc): Promise<boolean> {
  if (holder === nobody) return false;
  if (holder.host === hostname()) {
    const started = await startOf(holder.pid);
    if (started !== holder.started) return false;
    // Where the system doesn't tell when it began, another process may have the number by now.
    if (started !== '') return true;
  }
  const touched = await stat(file).catch(() => undefined);
  return touched !== undefined && Date.now() - touched.mtimeMs < deadAfter;
}

/** When the process began, "" where the system doesn't tell, `undefined` when it isn't running. */
async function startInProc(pid: number): Promise<string | undefined> {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (codeOf(error) !== 'EPERM') return undefined;
  }
  const stats = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  // The name before it may hold anything, so fields are counted from the last bracket.
  const fields = stats.slice(stats.lastIndexOf(')') + 2).split(' ');
  const [state, started] = [fields[0], fields[19] ?? ''];
  return state === 'Z' || state === 'X' ? undefined : started;
}

function lockedBy(holder: Holder, use: string): DocentError {
  const where = holder.host === hostname() ? '' : ` on ${holder.host}`;
  return new DocentError('store_locked', `Another ingest (process ${holder.pid}${where}) ${use}`);
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}
