import type { ChatEvent, Source } from '../events.ts';
import type { Answer } from './answer.ts';
import { withNote } from './fall-back.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * Says of an answer that it comes from old text: sources last changed more than `days` ago are `stale`, and
 * the note at the end tells when all or some of the sources that it cites are. `now`: milliseconds since 1970.
 */
export function markStale(answer: Answer, { days, now }: { days: number; now: () => number }): Answer {
  return async function* marked(request, options) {
    const before = now() - days * DAY_MS;
    let sources: readonly Source[] = [];
    const cited = new Set<number>();
    for await (const event of answer(request, options)) {
      if (event.type === 'claim') for (const { n } of event.citations) cited.add(n);
      if (event.type === 'sources') {
        sources = event.sources.map((source) =>
          Date.parse(source.changedAt) < before ? { ...source, stale: true as const } : source,
        );
        yield { ...event, sources };
      } else if (event.type === 'done' && event.mode !== 'abstained') {
        yield withAge(
          event,
          sources.filter(({ n }) => cited.has(n)),
        );
      } else yield event;
    }
  };
}

function withAge(event: Extract<ChatEvent, { type: 'done' }>, cited: readonly Source[]): ChatEvent {
  const stale = cited.filter((source) => source.stale);
  const latest = stale
    .map(({ changedAt }) => changedAt)
    .sort()
    .at(-1);
  if (latest === undefined) return event;
  const day = latest.slice(0, 10);
  const age =
    stale.length === cited.length
      ? `This comes from text that was last changed on ${day}; it may be out of date.`
      : `Part of this comes from text that was last changed on ${day} or before; it may be out of date.`;
  return withNote(event, age);
}
