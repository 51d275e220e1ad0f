import { type Asked, bare, isRight } from './ask.ts';
import { auroc, f1, mean, percentile } from './metrics.ts';

export type Figures = Readonly<Record<string, number>>;

/** All figures of one set of questions; NaN where the set has nothing to measure one on. */
export function measure(asked: readonly Asked[]): Figures {
  const talk = (each: Asked) => each.question.kind === 'smalltalk';
  const answerable = asked.filter(({ question }) => question.answerable);
  const silent = asked.filter((each) => !each.question.answerable && !talk(each));
  const foreign = silent.filter(isForeign);
  const near = silent.filter((each) => !isForeign(each));
  const scores = (some: readonly Asked[]) => some.map(({ score }) => score);
  const search = (by: keyof Asked['ranks']) => {
    const ranks = answerable.map(({ ranks }) => ranks[by]);
    return [
      mean(ranks.map((rank) => rank < 1)),
      mean(ranks.map((rank) => rank < 5)),
      mean(ranks.map((rank) => 1 / (rank + 1))),
    ];
  };
  const figures: Record<string, number> = {};
  for (const by of ['docent', 'fused', 'vector', 'bm25'] as const) {
    const [first, five, mrr] = search(by);
    figures[`section hit@1, ${by}`] = first ?? Number.NaN;
    figures[`section hit@5, ${by}`] = five ?? Number.NaN;
    figures[`section MRR, ${by}`] = mrr ?? Number.NaN;
  }
  const squad = answerable.filter(({ question }) => question.answers);
  if (squad.length > 0) {
    figures['first quoted sentence holds the answer'] = mean(squad.map((each) => holds(each, 1)));
    figures['first three quoted sentences hold it'] = mean(squad.map((each) => holds(each, 3)));
  }
  figures['quoted answer holds the needed words'] = mean(answerable.map(isRight));
  figures['words quoted, mean'] = mean(answerable.filter(({ words }) => words > 0).map(({ words }) => words));
  figures['answers that show a disagreement'] = mean(
    asked.filter(({ mode }) => mode !== 'abstained').map(({ disagreements }) => disagreements.length > 0),
  );
  figures['answerable abstained'] = mean(answerable.map(({ mode }) => mode === 'abstained'));
  figures['near misses abstained or marked'] = mean(
    near.map(({ mode, score }) => mode === 'abstained' || score < 0.5),
  );
  figures['AUROC against near misses'] = auroc(scores(answerable), scores(near));
  figures['AUROC against foreign questions'] = auroc(scores(answerable), scores(foreign));
  figures['F1 of answer or abstain'] = f1(
    [...answerable, ...silent].map((each) => ({
      answerable: each.question.answerable,
      answered: each.mode !== 'abstained',
    })),
  );
  figures['search, ms p50'] = percentile(
    asked.map(({ timings }) => timings.search ?? 0),
    0.5,
  );
  figures['quote, ms p50'] = percentile(
    asked.map(({ timings }) => timings.quote ?? 0),
    0.5,
  );
  return figures;
}

/** Foreign questions have no place that a careless system would quote from; near misses of SQuAD have one. */
function isForeign({ question }: Asked): boolean {
  return question.path === undefined;
}

function holds({ question, quotes }: Asked, within: number): boolean {
  const said = bare(quotes.slice(0, within).join(' '));
  return (question.answers ?? []).some((answer) => said.includes(bare(answer)));
}

/** The ten answers that were given most surely and are wrong, each with where it went wrong. */
export function worstOf(asked: readonly Asked[]): string {
  const wrong = asked
    .filter((each) => each.question.answerable && !isRight(each))
    .sort((a, b) => b.score - a.score);
  const lines = wrong.slice(0, 10).map((each) => {
    const { question, sources, score } = each;
    const from = sources.map(({ path, anchor }) => `${path.split('/').at(-1)}#${anchor}`).join(', ');
    const needs = `${question.path?.split('/').at(-1)}#${question.anchor}`;
    return `    ${score.toFixed(2)} ${question.question}\n         needs ${needs}; quoted ${from}: ${whyWrong(each)}`;
  });
  return `  wrong: ${wrong.length} of ${asked.length}; the ten surest:\n${lines.join('\n')}`;
}

function whyWrong({ mode, ranks, sources, question }: Asked): string {
  if (mode === 'abstained') return 'the docs were thought silent';
  if (ranks.docent === Number.POSITIVE_INFINITY) return 'the right section was not among those read';
  const quoted = [question, ...(question.also ?? [])].some(({ path, anchor }) =>
    sources.some((source) => source.path === path && source.anchor === anchor),
  );
  return quoted
    ? 'the right section was quoted, but not all of the words needed'
    : `the right section stood at place ${ranks.docent + 1}, others seemed to answer better`;
}
