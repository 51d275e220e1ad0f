import type { Citation, SectionState, Source } from '../../server/events.ts';
import type { Api } from '../api/get-json.ts';
import type { Turn } from '../chat/conversation.ts';
import { findQuote } from './find-quote.ts';
import {
  type CitedSection,
  citationsIn,
  citedSections,
  type KeptSection,
  type KeptSections,
  keyOf,
  type SectionChange,
  type SectionChanges,
} from './section-change.ts';

/** A longer section isn't kept; nor is one with which a conversation's sections would exceed the second. In characters. */
const LONGEST_SECTION = 20_000;
const LONGEST_ALL = 400_000;
/** A shorter quote may stand in any section. In characters. */
const LEAST_TELLING = 12;
/** How many sections are asked for at once. */
const AT_ONCE = 4;

/** Knows what the cited sections said, and what has become of them. What can't be loaded is left out. */
export type SectionMemory = {
  /** The kept sections with those added that can still be had as they were cited; the same object when none is new. */
  remember(turns: readonly Turn[], kept: KeptSections): Promise<KeptSections>;
  /** The cited sections that are no longer as cited; undefined when the docs can't be reached. */
  compare(turns: readonly Turn[], kept: KeptSections): Promise<SectionChanges | undefined>;
};

export function makeSectionMemory(deps: {
  api: Pick<Api, 'documents' | 'document' | 'section'>;
}): SectionMemory {
  const { api } = deps;
  /** Those that won't be had however often they are asked for. */
  const lost = new Set<string>();

  async function askedFor({ source, version }: CitedSection): Promise<KeptSection | undefined> {
    const loaded = await api.section(source);
    if (!loaded.ok) return undefined;
    const state = loaded.value;
    const isAsCited = state.status === 'same' || state.status === 'moved';
    if (!isAsCited || state.text.length > LONGEST_SECTION) {
      lost.add(keyOf(source));
      return undefined;
    }
    const isInPlace = state.status === 'same' && state.version === version;
    return isInPlace ? { text: state.text, start: state.start } : { text: state.text };
  }

  async function changeOf(
    source: Source,
    turns: readonly Turn[],
    kept: KeptSections,
  ): Promise<SectionChange | undefined> {
    const loaded = await api.section(source);
    if (!loaded.ok || loaded.value.status === 'same') return undefined;
    const state = loaded.value;
    if (state.status !== 'gone') return present(state.status, state);
    const answers = turns.map(({ answer }) => answer);
    return (await renamed(source, citationsIn(answers, source), kept[keyOf(source)])) ?? { status: 'gone' };
  }

  /** The section of the same document where the quotes stand now: its heading was changed, or it was taken into another. */
  async function renamed(
    source: Source,
    citations: readonly Citation[],
    kept: KeptSection | undefined,
  ): Promise<SectionChange | undefined> {
    const page = await api.document(source.path);
    if (!page.ok) return undefined;
    const telling = citations.filter(({ quote }) => quote.length >= LEAST_TELLING);
    let most = 0;
    let best: SectionChange | undefined;
    for (const section of page.value.sections) {
      const text = page.value.source.slice(section.start, section.end);
      const stretch = { text, start: section.start };
      const standing = telling.filter((citation) => findQuote(citation, kept, stretch)).length;
      if (standing <= most) continue;
      most = standing;
      best = present('moved', { ...section, path: source.path, text });
    }
    return best;
  }

  return {
    async remember(turns, kept) {
      const missing = citedSections(turns).filter(
        ({ source }) => !(keyOf(source) in kept) && !lost.has(keyOf(source)),
      );
      const found = await mapSome(missing, askedFor);
      let room = LONGEST_ALL - Object.values(kept).reduce((sum, { text }) => sum + text.length, 0);
      const added = missing.flatMap(({ source }, index): [string, KeptSection][] => {
        const section = found[index];
        if (!section || section.text.length > room) return [];
        room -= section.text.length;
        return [[keyOf(source), section]];
      });
      return added.length > 0 ? { ...kept, ...Object.fromEntries(added) } : kept;
    },
    async compare(turns, kept) {
      const cited = citedSections(turns);
      const list = cited.length > 0 ? await api.documents() : undefined;
      if (!list) return new Map();
      if (!list.ok) return undefined;
      const now = new Set(
        list.value.documents.flatMap(({ path, sections }) =>
          sections.map(({ anchor, hash }) => keyOf({ path, anchor, hash })),
        ),
      );
      const others = cited.filter(({ source }) => !now.has(keyOf(source)));
      const found = await mapSome(others, ({ source }) => changeOf(source, turns, kept));
      return new Map(
        others.flatMap(({ source }, index): [string, SectionChange][] => {
          const change = found[index];
          return change ? [[keyOf(source), change]] : [];
        }),
      );
    },
  };
}

type Place = Pick<
  Extract<SectionState, { text: string }>,
  'path' | 'anchor' | 'headings' | 'text' | 'start' | 'changedAt'
>;

function present(status: 'changed' | 'moved' | 'same', place: Place): SectionChange {
  const { path, anchor, headings, text, start, changedAt } = place;
  return { status: status === 'same' ? 'moved' : status, path, anchor, headings, text, start, changedAt };
}

/** Runs a task for each item, a few at a time. */
async function mapSome<T, R>(items: readonly T[], task: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = new Array(items.length);
  let next = 0;
  const work = async () => {
    for (let at = next++; at < items.length; at = next++) {
      const item = items[at];
      if (item !== undefined) results[at] = await task(item);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return results;
}
