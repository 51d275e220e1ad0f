import type { ChatModel } from '../../server/answer/chat-model.ts';
import { makeChecker } from '../../server/answer/check.ts';
import { makeQuoteMatcher } from '../../server/answer/match-quote.ts';
import { makeNearestSentence } from '../../server/answer/nearest-sentence.ts';
import { makeProver } from '../../server/answer/prove-claim.ts';
import type { Claim } from '../../server/events.ts';
import { type ClaimCase, type ClaimKind, makeClaimCases, readClaims } from './claim-set.ts';
import type { Half } from './metrics.ts';

/** Of the claims of one kind, how many got a tick and how many didn't. */
export type KindCount = { passed: number; held: number };
export type Outcome = {
  readonly case: ClaimCase;
  readonly status: Claim['status'];
  readonly reason: string | undefined;
};
export type ClaimFigures = {
  readonly kinds: Readonly<Record<string, KindCount>>;
  /** False claims with a tick, of all false ones. */
  readonly falsePassed: number;
  readonly falseCount: number;
  /** Share of true claims without a tick. */
  readonly trueHeld: number;
  /** Share held back of changed numbers, negations, swapped names not in the evidence, made-up expansions. */
  readonly guardedHeld: number;
  readonly outcomes: readonly Outcome[];
};
export type ClaimEvaluation = {
  readonly half: Half | 'all';
  readonly claims: number;
  readonly noChecker: ClaimFigures;
  /** Says yes to everything and names the likeliest sentence of the evidence. */
  readonly yesChecker: ClaimFigures;
  /** Says yes to everything and names the likeliest sentence of all passages. */
  readonly yesAnywhere: ClaimFigures;
  readonly model?: ClaimFigures;
  /** Milliseconds of processor time a sentence for quote matching and guards together, with its passages prepared. */
  readonly msPerSentence: number;
};

export type ClaimOptions = {
  readonly checker?: ChatModel;
  readonly half?: Half | 'all';
  readonly signal?: AbortSignal;
};

const GUARDED: readonly ClaimKind[] = ['changed-number', 'negation', 'swapped-name', 'made-up-expansion'];

/** What the checking of answers lets through and holds back, over the labelled claims that are at hand. */
export async function evaluateClaims({
  checker,
  half = 'report',
  signal,
}: ClaimOptions): Promise<ClaimEvaluation> {
  const cases = makeClaimCases(readClaims()).filter((one) => half === 'all' || one.half === half);
  const run = async (modelFor: (one: ClaimCase) => ChatModel | undefined): Promise<ClaimFigures> => {
    const outcomes: Outcome[] = [];
    for (const one of cases) outcomes.push(await decide(one, modelFor(one), signal));
    return figuresOf(outcomes);
  };
  return {
    half,
    claims: cases.length,
    noChecker: await run(() => undefined),
    yesChecker: await run((one) => yesModel(likeliest(one, true))),
    yesAnywhere: await run((one) => yesModel(likeliest(one, false))),
    ...(checker ? { model: await run(() => checker) } : {}),
    msPerSentence: timePerSentence(cases),
  };
}

async function decide(one: ClaimCase, model: ChatModel | undefined, signal?: AbortSignal): Promise<Outcome> {
  const text = one.claim.claim;
  const check = makeChecker(model ? { model } : {});
  let last: Claim | undefined;
  for await (const claim of check({
    claims: [{ start: 0, end: text.length, text, cited: [] }],
    evidence: one.passages,
    ...(signal ? { signal } : {}),
  })) {
    last = claim;
  }
  return { case: one, status: last?.status ?? 'unsupported', reason: last?.reason };
}

/** The sentence most like the claim of each evidence span, or of all passages. */
function likeliest({ claim, passages, spans }: ClaimCase, inEvidence: boolean): string[] {
  const matcher = makeQuoteMatcher(passages);
  const pick = (within?: ClaimCase['spans'][number]): string | undefined => {
    const kept = matcher.passages.map((passage) => ({
      ...passage,
      units: passage.units.filter(
        ({ start, end }) =>
          !within ||
          (passage.evidence.chunk.path === within.path && start < within.end && end > within.start),
      ),
    }));
    return (
      makeNearestSentence(kept).nearest(claim.claim)?.quote ?? kept.flatMap(({ units }) => units)[0]?.text
    );
  };
  return (inEvidence ? spans.map((span) => pick(span)) : [pick()]).flatMap((words) => words ?? []);
}

/** A checker that finds everything supported by the given words. */
function yesModel(words: readonly string[]): ChatModel {
  const reply = JSON.stringify({ claim: 1, supported: true, grounds: words.map((quote) => ({ quote })) });
  return {
    name: 'yes',
    contextTokens: 8_192,
    async *stream() {
      yield reply;
    },
    complete: async () => reply,
  };
}

function figuresOf(outcomes: readonly Outcome[]): ClaimFigures {
  const kinds: Record<string, KindCount> = {};
  for (const { case: one, status } of outcomes) {
    const { kind, nameInEvidence } = one.claim;
    const name = kind === 'swapped-name' && nameInEvidence ? 'swapped-name in evidence' : kind;
    kinds[name] ??= { passed: 0, held: 0 };
    kinds[name][status === 'unsupported' ? 'held' : 'passed']++;
  }
  const passed = (list: readonly Outcome[]): number =>
    list.filter(({ status }) => status !== 'unsupported').length;
  const truths = outcomes.filter(({ case: { claim } }) => claim.label);
  const lies = outcomes.filter(({ case: { claim } }) => !claim.label);
  const guarded = lies.filter(({ case: { claim } }) => GUARDED.includes(claim.kind) && !claim.nameInEvidence);
  return {
    kinds,
    falsePassed: passed(lies),
    falseCount: lies.length,
    trueHeld: truths.length === 0 ? 0 : 1 - passed(truths) / truths.length,
    guardedHeld: guarded.length === 0 ? 1 : 1 - passed(guarded) / guarded.length,
    outcomes,
  };
}

function timePerSentence(cases: readonly ClaimCase[]): number {
  const prepared = cases.map((one) => ({
    claim: { start: 0, end: one.claim.claim.length, text: one.claim.claim, cited: [] },
    prover: makeProver(makeQuoteMatcher(one.passages)),
    grounds: likeliest(one, true).map((words) => ({ words })),
  }));
  const start = process.cpuUsage();
  for (const { claim, prover, grounds } of prepared) {
    prover.quoted(claim);
    prover.prove(claim, grounds);
  }
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1_000 / Math.max(1, prepared.length);
}

/** One line for each kind of claim: ticks given, of all, in each run. */
export function formatClaims({
  half,
  claims,
  noChecker,
  yesChecker,
  yesAnywhere,
  model,
  msPerSentence,
}: ClaimEvaluation): string {
  const runs = [noChecker, yesChecker, yesAnywhere, ...(model ? [model] : [])];
  const cell = (count: KindCount | undefined): string =>
    (count ? `${count.passed}/${count.passed + count.held}` : '-').padStart(12);
  const share = (value: number): string => `${(100 * value).toFixed(1)}%`.padStart(12);
  return [
    `Claims (${claims}, ${half} half), ticks given`.padEnd(34) +
      ['no checker', 'yes', 'yes anywhere', ...(model ? ['model'] : [])]
        .map((name) => name.padStart(12))
        .join(''),
    ...Object.keys(noChecker.kinds).map(
      (kind) => `  ${kind}`.padEnd(34) + runs.map(({ kinds }) => cell(kinds[kind])).join(''),
    ),
    '  guarded kinds held back'.padEnd(34) + runs.map(({ guardedHeld }) => share(guardedHeld)).join(''),
    '  true claims held back'.padEnd(34) + runs.map(({ trueHeld }) => share(trueHeld)).join(''),
    `  quote matching and guards: ${msPerSentence.toFixed(2)} ms a sentence`,
  ].join('\n');
}
