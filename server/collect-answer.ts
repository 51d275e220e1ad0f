import { DocentError } from '../knowledge/errors.ts';
import type { ChatEvent, Claim, Done, Source } from './events.ts';

/** An answer that has ended, for doors that hand it over whole. */
export type Answered = {
  /** The question searched for, where it differs from the one asked. */
  readonly question?: string;
  readonly text: string;
  readonly sources: readonly Source[];
  /** The last word on each range of the text, in its order. */
  readonly claims: readonly Claim[];
  readonly done: Done;
};

/** The events of one answer joined. Throws what the generator throws, and `internal` when no `done` comes. */
export async function collectAnswer(events: AsyncIterable<ChatEvent>): Promise<Answered> {
  let question: string | undefined;
  let text = '';
  let sources: readonly Source[] = [];
  let done: Done | undefined;
  const claims = new Map<string, Claim>();
  for await (const event of events) {
    if (event.type === 'question') question = event.text;
    if (event.type === 'delta') text += event.text;
    if (event.type === 'sources') sources = event.sources;
    if (event.type === 'claim') {
      const { type, ...claim } = event;
      claims.set(`${claim.start}-${claim.end}`, claim);
    }
    if (event.type === 'done') {
      const { type, ...rest } = event;
      done = rest;
    }
  }
  if (!done) throw new DocentError('internal', 'The answer ended before it was whole. Ask again.');
  return {
    ...(question !== undefined && { question }),
    text,
    sources,
    claims: [...claims.values()].sort((a, b) => a.start - b.start || a.end - b.end),
    done,
  };
}
