/**
 * `npm run bench [-- answer] [ingest] [scale [--full-corpus]] [load [--streams N] [--seconds S]] [kills N]`: how fast
 * Docent is, each figure beside its yardstick measured in the same run; answer and ingest where nothing is named. Writes
 * test-results/bench.json. Exits with 1 when a kill lost something; a machine at work may miss goals of speed.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { killIngests } from '../ingest/kill-ingests.ts';
import { benchAnswer } from './answer.ts';
import { type Figure, figureLines } from './figures.ts';
import { benchIngest } from './ingest.ts';
import { benchLoad } from './load.ts';
import { benchScale } from './scale.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    'full-corpus': { type: 'boolean', default: false },
    seed: { type: 'string', default: '1' },
    streams: { type: 'string', default: '1000' },
    seconds: { type: 'string', default: '15' },
  },
});
const names = positionals.filter((name) => !/^\d+$/.test(name));
const kills = Number(positionals.find((name) => /^\d+$/.test(name)) ?? 300);
const benches: Readonly<Record<string, () => AsyncIterable<Figure[]>>> = {
  answer: () => atOnce(benchAnswer),
  ingest: () => atOnce(benchIngest),
  scale: () => benchScale({ whole: values['full-corpus'] }),
  load: () => benchLoad({ streams: Number(values.streams), seconds: Number(values.seconds) }),
  kills: () => atOnce(benchKills),
};

for (const name of names.length > 0 ? names : ['answer', 'ingest']) {
  const bench = benches[name];
  if (!bench) throw new Error(`There is no bench "${name}": ${Object.keys(benches).join(', ')}`);
  const load = (loadavg()[0] ?? 0).toFixed(1);
  console.log(`\n${name} (${availableParallelism()} processors, load ${load} before it)`);
  const began = performance.now();
  const figures: Figure[] = [];
  for await (const part of bench()) {
    console.log(figureLines(part).join('\n'));
    figures.push(...part);
  }
  console.log(`  took ${Math.round((performance.now() - began) / 1000)} s`);
  save(name, load, figures);
}

async function* atOnce(bench: () => Promise<Figure[]>): AsyncGenerator<Figure[]> {
  yield await bench();
}

async function benchKills(): Promise<Figure[]> {
  const { wrong, atSteps, ...report } = await killIngests({ kills, seed: Number(values.seed) });
  for (const line of wrong) console.log(`  ${line}`);
  if (wrong.length > 0) process.exitCode = 1;
  const steps = Object.values(atSteps).reduce((sum, count) => sum + count, 0);
  return [
    {
      name: 'ingests killed',
      value: report.kills,
      unit: `(${steps} at ${Object.keys(atSteps).length} steps, ${report.atRandom} at random)`,
    },
    { name: 'found the old set', value: report.old, unit: '' },
    { name: 'found the new set', value: report.new, unit: '' },
    { name: 'found anything else, or the next run failed', value: wrong.length, unit: '', goal: { most: 0 } },
  ];
}

/** Keeps the figures of the benches that did not run this time. */
function save(name: string, load: string, figures: readonly Figure[]): void {
  const file = 'test-results/bench.json';
  mkdirSync('test-results', { recursive: true });
  const before: Record<string, unknown> = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
  const own = { at: new Date().toISOString(), processors: availableParallelism(), load, figures };
  writeFileSync(file, `${JSON.stringify({ ...before, [name]: own }, null, 2)}\n`);
}
