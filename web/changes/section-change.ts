import type { Citation, SectionState, Source } from '../../server/events.ts';
import { type Answer, citationsOf, isRunning, usedSources } from '../chat/answer-state.ts';
import type { Turn } from '../chat/conversation.ts';

/** A cited section as it read for the answer: its Markdown, and its offset in the file where that is known. */
export type KeptSection = { readonly text: string; readonly start?: number };
/** By `keyOf` of the source. */
export type KeptSections = Readonly<Record<string, KeptSection>>;

type Present = Extract<SectionState, { readonly text: string }>;

/** What has become of a cited section that is no longer as it was cited. One that has moved may read otherwise too. */
export type SectionChange =
  | (Omit<Present, 'status' | 'version'> & { readonly status: 'changed' | 'moved' })
  | { readonly status: 'gone' };
/** By `keyOf` of the source; what isn't in it is as it was, or not looked at. */
export type SectionChanges = ReadonlyMap<string, SectionChange>;

/** The section that a source stands for, at the text that was cited. */
export function keyOf({ path, anchor, hash }: Pick<Source, 'path' | 'anchor' | 'hash'>): string {
  return `${path}#${anchor}@${hash}`;
}

/** A source that an answer is made of, and the version of the index it was taken from. */
export type CitedSection = { readonly source: Source; readonly version: number | undefined };

/** The sections that the finished answers of a conversation cite, each once. */
export function citedSections(turns: readonly Turn[]): CitedSection[] {
  const found = new Map<string, CitedSection>();
  for (const { answer } of turns) {
    if (isRunning(answer) || answer.done?.mode === 'abstained') continue;
    for (const source of usedSources(answer)) {
      if (!found.has(keyOf(source))) found.set(keyOf(source), { source, version: answer.done?.version });
    }
  }
  return [...found.values()];
}

/** How many cited sections there are, and how many of them are no longer as cited; one cited twice counts once. */
export type ChangeCount = Readonly<Record<'all' | SectionChange['status'], number>>;

export function countChanges(turns: readonly Turn[], changes: SectionChanges): ChangeCount {
  const count = { all: 0, changed: 0, moved: 0, gone: 0 };
  const places = new Map<string, SectionChange | undefined>();
  for (const { source } of citedSections(turns)) {
    const place = `${source.path}#${source.anchor}`;
    places.set(place, places.get(place) ?? changes.get(keyOf(source)));
  }
  for (const change of places.values()) {
    count.all += 1;
    if (change) count[change.status] += 1;
  }
  return count;
}

/** What answers quote from a section, each range once, in the order of the file. */
export function citationsIn(
  answers: readonly Pick<Answer, 'sources' | 'claims' | 'disagreements'>[],
  source: Source,
): Citation[] {
  const found = new Map<string, Citation>();
  for (const answer of answers) {
    const numbers = answer.sources.filter((other) => keyOf(other) === keyOf(source)).map(({ n }) => n);
    for (const citation of citationsOf(answer)) {
      if (numbers.includes(citation.n)) found.set(`${citation.start}-${citation.end}`, citation);
    }
  }
  return [...found.values()].sort((a, b) => a.start - b.start);
}
