import { DocentError } from '../knowledge/errors.ts';
import type { ChatEvent, Claim, Disagreement, Done, Source } from './events.ts';

/** An answer that has ended, for doors that hand it over whole. */
export type Answered = {
  /** The question searched for, where it differs from the one asked. */
  readonly question?: string;
  readonly text: string;
  readonly sources: readonly Source[];
  /** The last word on each range of the text, in its order. */
  readonly claims: readonly Claim[];
  /** Absent where the docs agree. */
  readonly disagreements?: readonly Disagreement[];
  readonly done: Done;
};

export type Collector = {
  take(event: ChatEvent): void;
  /** What has come so far. */
  sources(): Answered['sources'];
  claims(): Answered['claims'];
  /** Throws `internal` when `done` hasn't come. */
  whole(): Answered;
};

/** Joins the events of one answer as they come. */
export function makeCollector(): Collector {
  let question: string | undefined;
  let text = '';
  let sources: readonly Source[] = [];
  let done: Done | undefined;
  const claims = new Map<string, Claim>();
  const disagreements: Disagreement[] = [];
  const inOrder = () => [...claims.values()].sort((a, b) => a.start - b.start || a.end - b.end);
  return {
    take(event) {
      if (event.type === 'question') question = event.text;
      if (event.type === 'delta') text += event.text;
      if (event.type === 'sources') sources = event.sources;
      if (event.type === 'claim') {
        const { type, ...claim } = event;
        claims.set(`${claim.start}-${claim.end}`, claim);
      }
      if (event.type === 'disagreement') disagreements.push({ sides: event.sides });
      if (event.type === 'done') {
        const { type, ...rest } = event;
        done = rest;
      }
    },
    sources: () => sources,
    claims: inOrder,
    whole() {
      if (!done) throw new DocentError('internal', 'The answer ended before it was whole. Ask again.');
      return {
        ...(question !== undefined && { question }),
        text,
        sources,
        claims: inOrder(),
        ...(disagreements.length > 0 && { disagreements }),
        done,
      };
    },
  };
}

/** The events of one answer joined. Throws what the generator throws, and `internal` when no `done` comes. */
export async function collectAnswer(events: AsyncIterable<ChatEvent>): Promise<Answered> {
  const collector = makeCollector();
  for await (const event of events) collector.take(event);
  return collector.whole();
}
