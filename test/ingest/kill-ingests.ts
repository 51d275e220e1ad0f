import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeRandom } from '../seeded-random.ts';
import { type Death, type Run, STEPS } from './crash-orders.ts';
import { type CrashProcess, startCrashProcess } from './crash-process.ts';
import { digestOf, expectedAt, type Model } from './crash-states.ts';

/** What became of the kills: each left the old set or the new one, or the run had ended before it came. */
export type KillReport = {
  readonly kills: number;
  /** At each step, as `commit during`. */
  readonly atSteps: Readonly<Record<string, number>>;
  readonly atRandom: number;
  /** Sets found after the kill. */
  readonly old: number;
  readonly new: number;
  /** Neither, or the next run failed or came to something else: what must not be. */
  readonly wrong: readonly string[];
  /** Runs that ended before the kill came; they are not counted in `kills`. */
  readonly escaped: number;
};

const WHEN = ['before', 'during', 'after'] as const;
/** Kills of one store before another is begun, so that first runs are killed as well. */
const KILLS_PER_STORE = 20;
const ELEVEN_MINUTES = 11 * 60_000;

/**
 * Kills ingests with SIGKILL until `kills` died, at each step in turn and, every other time, at a random
 * moment. After each, a fresh process opens the store: it must show the set before the run or the one
 * after it; then the next run must come to its own set. The same `seed` gives the same runs.
 */
export async function killIngests({
  kills,
  seed = 1,
}: {
  kills: number;
  seed?: number;
}): Promise<KillReport> {
  const random = makeRandom(seed);
  const count = { kills: 0, atRandom: 0, old: 0, new: 0, escaped: 0 };
  const atSteps: Record<string, number> = {};
  const wrong: string[] = [];
  const folder = mkdtempSync(join(tmpdir(), 'docent-kills-'));
  const nursery = makeNursery();
  const deaths = STEPS.flatMap((step) => WHEN.map((when) => ({ step, when })));
  let place = freshPlace(folder, 0);
  let standing = 'store_missing';
  let state = 0;
  let model: Model = 'fake';
  let usual = 60;
  let child = await nursery.next();
  try {
    for (let round = 0; count.kills < kills; round++) {
      if (round > 0 && round % KILLS_PER_STORE === 0) {
        place = freshPlace(folder, round);
        standing = 'store_missing';
      }
      state += 1 + Math.floor(random() * 2);
      if (random() < 0.15) model = model === 'fake' ? 'other' : 'fake';
      const run: Run = { state, model, full: random() < 0.15, later: random() < 0.3 ? ELEVEN_MINUTES : 0 };
      const next = digestOf(expectedAt(state));
      const atStep = round % 2 === 0;
      const chosen = atStep ? deaths[(round / 2) % deaths.length] : undefined;
      const death: Death | undefined = chosen
        ? { ...chosen, delay: random() * Math.min(usual / 4, 30) }
        : undefined;
      const what = `round ${round}, ${place.store}, ${JSON.stringify({ ...run, death })}`;

      const outcome = child.do({ kind: 'ingest', ...place, ...run, ...(death ? { death } : {}) });
      if (!atStep) {
        const stop = setTimeout(child.kill, random() * usual * 1.1);
        await Promise.race([outcome, child.dead]);
        clearTimeout(stop);
      }
      const ended = await Promise.race([outcome, child.dead]);
      if (ended?.kind === 'failed') {
        wrong.push(`${what}: failed before it was killed: ${ended.message}`);
        continue;
      }
      if (ended?.kind === 'ingested') {
        // Not every run comes to every step, and some end before the kill.
        usual = usual * 0.8 + ended.milliseconds * 0.2;
        count.escaped++;
        standing = next;
        continue;
      }
      count.kills++;
      if (death) atSteps[`${death.step} ${death.when}`] = (atSteps[`${death.step} ${death.when}`] ?? 0) + 1;
      else count.atRandom++;

      child = await nursery.next();
      const found = await child.do({ kind: 'look', store: place.store });
      const digest = found?.kind === 'seen' ? found.digest : `nothing: ${JSON.stringify(found)}`;
      if (digest === next) count.new++;
      else if (digest === standing) count.old++;
      else wrong.push(`${what}: found ${digest}, neither the old set ${standing} nor the new ${next}`);

      const redo = random() < 0.5;
      if (!redo) state++;
      const heal: Run = { state, model, full: false, later: 0 };
      const healed = await child.do({ kind: 'ingest', ...place, ...heal });
      if (healed?.kind !== 'ingested') wrong.push(`${what}: the next run failed: ${JSON.stringify(healed)}`);
      else usual = usual * 0.8 + healed.milliseconds * 0.2;
      standing = digestOf(expectedAt(state));
      const after = await child.do({ kind: 'look', store: place.store });
      if (after?.kind !== 'seen' || after.digest !== standing)
        wrong.push(`${what}: after the next run found ${JSON.stringify(after)} instead of ${standing}`);
    }
  } finally {
    child.kill();
    await nursery.close();
    // What is wrong can be looked into.
    if (wrong.length === 0) rmSync(folder, { recursive: true, force: true });
    else wrong.push(`the stores are kept in ${folder}`);
  }
  return { ...count, atSteps, wrong };
}

function freshPlace(folder: string, round: number) {
  return { docs: join(folder, `docs-${round}`), store: join(folder, `store-${round}`) };
}

/** Has the next process started while the last one is at work. */
function makeNursery() {
  let coming = startCrashProcess();
  return {
    async next(): Promise<CrashProcess> {
      const grown = coming;
      await grown.ready;
      coming = startCrashProcess();
      return grown;
    },
    async close() {
      coming.kill();
      await coming.dead;
    },
  };
}
