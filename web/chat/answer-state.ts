import type {
  ChatEvent,
  Citation,
  Claim,
  Disagreement,
  Done,
  ErrorBody,
  Source,
} from '../../server/events.ts';

export type Stage = Extract<ChatEvent, { type: 'stage' }>;

/** An answer as far as it has come. `text` is Markdown; claims are in the order of their places in it. */
export type Answer = {
  readonly status: 'waiting' | 'streaming' | 'done' | 'stopped' | 'failed';
  readonly text: string;
  readonly sources: readonly Source[];
  readonly claims: readonly Claim[];
  /** Absent in answers kept before the docs were compared. */
  readonly disagreements?: readonly Disagreement[];
  readonly stage?: Stage;
  /** The question searched for, when it differs from the one typed. */
  readonly question?: string;
  readonly done?: Done;
  readonly error?: ErrorBody;
};

export const emptyAnswer: Answer = { status: 'waiting', text: '', sources: [], claims: [] };

export function isRunning(answer: Answer): boolean {
  return answer.status === 'waiting' || answer.status === 'streaming';
}

/** Small talk is no answer from the docs: it has neither source nor doubt. */
export function isSmallTalk({ done }: Pick<Answer, 'done'>): boolean {
  return done?.mode === 'abstained' && done.score === 1;
}

/** Whether the docs were asked and have no answer. */
export function isUnanswered(answer: Pick<Answer, 'done'>): boolean {
  return answer.done?.mode === 'abstained' && !isSmallTalk(answer);
}

/** The answer after one more event. */
export function withEvent(answer: Answer, event: ChatEvent): Answer {
  switch (event.type) {
    case 'question':
      return { ...answer, question: event.text };
    case 'stage':
      return { ...answer, stage: event };
    case 'sources':
      return { ...answer, sources: event.sources };
    case 'delta':
      return { ...answer, status: 'streaming', text: answer.text + event.text };
    case 'claim': {
      const { type: _, ...claim } = event;
      return { ...answer, claims: withClaim(answer.claims, claim) };
    }
    case 'disagreement': {
      const { type: _, ...disagreement } = event;
      return { ...answer, disagreements: [...(answer.disagreements ?? []), disagreement] };
    }
    case 'done': {
      const { type: _, ...done } = event;
      return { ...answer, status: 'done', done };
    }
    case 'error': {
      const { type: _, ...error } = event;
      return { ...answer, status: 'failed', error };
    }
  }
}

/** A claim for the same range takes the place of the earlier one. */
function withClaim(claims: readonly Claim[], claim: Claim): readonly Claim[] {
  const others = claims.filter((other) => other.start !== claim.start || other.end !== claim.end);
  return [...others, claim].sort((a, b) => a.start - b.start || a.end - b.end);
}

/** How the statements of an answer stand. `proven` counts quoted and supported ones. */
export type Tally = {
  readonly all: number;
  readonly proven: number;
  readonly quoted: number;
  readonly checking: number;
};

export function tally(claims: readonly Claim[]): Tally {
  return {
    all: claims.length,
    proven: claims.filter((claim) => !claim.checking && claim.status !== 'unsupported').length,
    quoted: claims.filter((claim) => claim.status === 'quoted').length,
    checking: claims.filter((claim) => claim.checking).length,
  };
}

/** A source as cited at one place of the answer. Without a quote it is cited as a whole. */
export type Cited = { readonly source: Source; readonly citation?: Citation };

/**
 * What the marker `[n]` at `offset` of the answer's text cites: the claim that it stands in or follows. Of
 * claims in a row with the same source it is the key one.
 */
export function citedAt(
  answer: Pick<Answer, 'sources' | 'claims'>,
  n: number,
  offset: number,
): Cited | undefined {
  const source = answer.sources.find((candidate) => candidate.n === n);
  if (!source) return undefined;
  const quoteOf = (claim: Claim) => claim.citations.find((citation) => citation.n === n);
  const before = answer.claims.filter((claim) => claim.start <= offset);
  const last = before.findLastIndex(quoteOf);
  const rowStart = before.findLastIndex((claim, index) => index < last && !quoteOf(claim)) + 1;
  const row = before.slice(rowStart, last + 1);
  const claim = row.findLast((candidate) => candidate.key) ?? row.at(-1) ?? answer.claims.find(quoteOf);
  const citation = claim && quoteOf(claim);
  return citation ? { source, citation } : { source };
}

/** All that an answer cites: for its claims, then for what the docs say otherwise. */
export function citationsOf(answer: Pick<Answer, 'claims' | 'disagreements'>): readonly Citation[] {
  return [
    ...answer.claims.flatMap((claim) => claim.citations),
    ...(answer.disagreements ?? []).flatMap(({ sides }) => sides),
  ];
}

/** The sources that an answer cites; all of them when nothing names one. */
export function usedSources(answer: Pick<Answer, 'sources' | 'claims' | 'disagreements'>): readonly Source[] {
  const used = new Set(citationsOf(answer).map(({ n }) => n));
  const cited = answer.sources.filter((source) => used.has(source.n));
  return cited.length > 0 ? cited : answer.sources;
}
