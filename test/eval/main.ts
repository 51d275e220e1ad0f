/**
 * `npm run eval [-- --half tune|report|all] [--sets docs,handbook,squad,claims,disagreements] [--every N] [--llm N]`: how well
 * Docent finds, quotes, keeps silent and checks, beside plain BM25, plain vector search and plain fusion in
 * the same run. Weights and thresholds were fitted on the `tune` half; `report` is printed by default. With
 * `--llm N` nothing of this: a small real model writes answers to N golden questions, to be read by hand.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { makeLocalEmbedder } from '../../knowledge/local-embedder.ts';
import { shared } from '../shared.ts';
import { type Asked, ask } from './ask.ts';
import { evaluateClaims, formatClaims } from './claims.ts';
import { type EvalQuestion, openCorpus, readQuestions } from './corpora.ts';
import { evaluateDisagreements } from './disagreements.ts';
import { evaluateRealModel } from './llm.ts';
import { type Figures, measure, worstOf } from './measure.ts';
import { halfOf } from './metrics.ts';

const { values: args } = parseArgs({
  options: {
    half: { type: 'string', default: 'report' },
    sets: { type: 'string', default: 'docs,handbook,squad,claims,disagreements' },
    every: { type: 'string', default: '1' },
    llm: { type: 'string' },
  },
});
const wanted = new Set(args.llm === undefined ? args.sets.split(',') : []);
const every = Number(args.every);
const embedder = await makeLocalEmbedder({ modelDir: 'models/e5-small-v2-int8' });
const figures: Record<string, Figures> = {};

const handbook = shared('eval/handbook-dev/questions.jsonl');
const squad = shared('eval/squad-dev/questions.jsonl');
if (wanted.has('docs'))
  await run('docs', [{ name: 'docs', dir: 'docs', questions: readQuestions('test/eval/golden.jsonl') }]);
if (wanted.has('handbook') && missing(handbook)) {
  const all = readQuestions(handbook.path);
  const corpora = ['gsa-tts-handbook', 'clef-handbook'].map((name) => ({
    name,
    dir: shared(`corpora/${name}`).path,
    questions: all.filter((question) => 'corpus' in question && question.corpus === name),
  }));
  await run('handbook-dev', corpora);
}
if (wanted.has('squad') && missing(squad)) {
  const questions = readQuestions(squad.path);
  const foreign = readQuestions(shared('eval/squad-dev/foreign-questions.jsonl').path);
  await run('squad-dev', [
    { name: 'squad', dir: shared('eval/squad-dev/docs').path, questions: [...questions, ...foreign] },
  ]);
}
if (wanted.has('claims')) {
  const claims = await evaluateClaims({
    half: args.half === 'tune' ? 'tune' : args.half === 'all' ? 'all' : 'report',
  });
  console.log(`\n${formatClaims(claims)}`);
  figures.claims = {
    'false claims passed, no checker': claims.noChecker.falsePassed,
    'guards hold back, yes-sayer': claims.yesChecker.guardedHeld,
    'true claims blocked, yes-sayer': claims.yesChecker.trueHeld,
    'ms a sentence': claims.msPerSentence,
  };
}
if (wanted.has('disagreements')) {
  const { recall, falseShown, aside, missed, wrong } = await evaluateDisagreements(embedder);
  figures.disagreements = {
    'disagreements shown': recall,
    'others shown as one': falseShown,
    'shown where another thing was asked': aside,
  };
  console.log('\ndisagreements');
  for (const [name, value] of Object.entries(figures.disagreements))
    console.log(`  ${name.padEnd(46)} ${format(value)}`);
  console.log(`  missed: ${missed.join(', ')}\n  wrong: ${wrong.join(', ')}`);
}
if (args.llm !== undefined) {
  const store = openCorpus('docs', 'docs', embedder);
  await evaluateRealModel(readQuestions('test/eval/golden.jsonl'), Number(args.llm), { store, embedder });
  await store.close();
}
await embedder.close();
if (args.llm === undefined) {
  mkdirSync('test-results', { recursive: true });
  writeFileSync('test-results/eval.json', `${JSON.stringify({ half: args.half, figures }, null, 2)}\n`);
  process.exitCode = holdToBars();
}

type Corpus = { readonly name: string; readonly dir: string; readonly questions: readonly EvalQuestion[] };

async function run(set: string, corpora: readonly Corpus[]): Promise<void> {
  const asked: Asked[] = [];
  for (const { name, dir, questions } of corpora) {
    const store = openCorpus(name, dir, embedder);
    const chosen = questions.filter(({ id }) => args.half === 'all' || halfOf(id) === args.half);
    for (const question of chosen.filter((_, i) => i % every === 0))
      asked.push(await ask(question, store, embedder));
    await store.close();
  }
  const measured = measure(asked);
  figures[set] = measured;
  console.log(`\n${set} (${args.half}, ${asked.length} questions)`);
  for (const [name, value] of Object.entries(measured)) console.log(`  ${name.padEnd(46)} ${format(value)}`);
  console.log(worstOf(asked));
}

function missing({ there, path, why }: { there: boolean; path: string; why: string }): boolean {
  if (!there) console.log(`\n${path}${why}`);
  return there;
}

function format(value: number): string {
  return Number.isFinite(value) ? value.toFixed(3) : '-';
}

/** A figure below its committed bar (above, for those to be kept small) fails the run. */
function holdToBars(): number {
  type Bars = Record<string, Record<string, { readonly least?: number; readonly most?: number }>>;
  const bars: Bars = JSON.parse(readFileSync(new URL('./bars.json', import.meta.url), 'utf8'));
  let failed = 0;
  for (const [set, own] of Object.entries(bars)) {
    for (const [name, { least, most }] of Object.entries(own)) {
      const value = figures[set]?.[name];
      if (value === undefined) continue;
      if ((least !== undefined && !(value >= least)) || (most !== undefined && !(value <= most))) {
        failed++;
        console.log(
          `below its bar: ${set}, ${name}: ${format(value)} (${least !== undefined ? `at least ${least}` : `at most ${most}`})`,
        );
      }
    }
  }
  console.log(failed === 0 ? '\nAll figures hold their bars.' : `\n${failed} figures miss their bars.`);
  return failed === 0 ? 0 : 1;
}
