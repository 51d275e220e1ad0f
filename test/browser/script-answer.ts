import { setTimeout as wait } from 'node:timers/promises';
import type { Document } from '../../knowledge/document.ts';
import type { ChatEvent, Claim, ClaimStatus, Done, Source } from '../../server/events.ts';

/** One thing that the scripted server does: an event, a pause in ms, or a cut connection. */
export type Step = ChatEvent | { readonly type: 'wait'; readonly ms: number } | { readonly type: 'cut' };

/** A part of a scripted answer. Its quotes must stand in the documents; without a status it is no claim. */
export type Part = {
  readonly text: string;
  readonly status?: ClaimStatus;
  readonly cites?: readonly { readonly n: number; readonly quote: string }[];
  readonly reason?: string;
};

/** Where a quote stands: `path#anchor`, numbered from 1 in the order given. */
export type Place = { readonly path: string; readonly anchor: string; readonly excerpt: string };

export function sourceOf(documents: readonly Document[], place: Place, n: number): Source {
  const document = documents.find((candidate) => candidate.path === place.path);
  const section = document?.sections.find((candidate) => candidate.anchor === place.anchor);
  if (!document || !section) throw new Error(`No section ${place.path}#${place.anchor}`);
  const { headings, hash, changedAt } = section;
  const url = `/docs/${place.path}#${place.anchor}`;
  return { n, ...place, headings, title: document.title, url, hash, changedAt };
}

const done: Done = { mode: 'written', score: 0.9, version: 7, timings: { retrieve: 12 } };

/** The events of a whole answer, as a server sends them: each part in two deltas, its claim after it. */
export function scriptAnswer(
  documents: readonly Document[],
  answer: {
    readonly places: readonly Place[];
    readonly parts: readonly Part[];
    readonly done?: Partial<Done>;
    readonly pause?: number;
  },
): Step[] {
  const sources = answer.places.map((place, index) => sourceOf(documents, place, index + 1));
  const pause: Step[] = answer.pause ? [{ type: 'wait', ms: answer.pause }] : [];
  const steps: Step[] = [
    { type: 'stage', stage: 'searching' },
    ...pause,
    { type: 'stage', stage: 'reading', sections: 6 },
    { type: 'sources', sources },
    ...pause,
    { type: 'stage', stage: 'writing' },
  ];
  let at = 0;
  for (const part of answer.parts) {
    const half = Math.ceil(part.text.length / 2);
    steps.push({ type: 'delta', text: part.text.slice(0, half) }, ...pause);
    steps.push({ type: 'delta', text: part.text.slice(half) });
    if (part.status) steps.push({ type: 'claim', ...claimOf(part, part.status, at, sources, documents) });
    at += part.text.length;
  }
  return [...steps, { type: 'done', ...done, ...answer.done }];
}

function claimOf(
  part: Part,
  status: ClaimStatus,
  at: number,
  sources: readonly Source[],
  documents: readonly Document[],
): Claim {
  const citations = (part.cites ?? []).map(({ n, quote }) => {
    const path = sources[n - 1]?.path;
    const start = documents.find((document) => document.path === path)?.source.indexOf(quote) ?? -1;
    if (start < 0) throw new Error(`"${quote}" doesn't stand in ${path}`);
    return { n, quote, start, end: start + quote.length };
  });
  const trimmed = part.text.trimEnd();
  const start = at + (part.text.length - part.text.trimStart().length);
  return { start, end: at + trimmed.length, status, citations, ...(part.reason && { reason: part.reason }) };
}

/** Plays a script. A cut throws what a broken connection throws. */
export async function* play(steps: readonly Step[], signal: AbortSignal): AsyncGenerator<ChatEvent> {
  for (const step of steps) {
    if (signal.aborted) return;
    if (step.type === 'wait') await wait(step.ms, undefined, { signal }).catch(() => undefined);
    else if (step.type === 'cut') throw new CutConnection();
    else yield step;
  }
}

/** Tells the fake server to destroy the connection in the middle of the stream. */
export class CutConnection extends Error {}
