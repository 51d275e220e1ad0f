import { termSet } from '../chunk-terms.ts';
import type { Embedder } from '../embedder.ts';
import type { RankedChunk } from '../rank.ts';
import { type SearchResult, search } from '../search.ts';
import type { Snapshot } from '../snapshot.ts';
import { makePassage, type Passage } from './passage.ts';

/** Sections that an answer may be made of, best first, and what the search knew. */
export type Retrieved = {
  readonly search: SearchResult;
  readonly passages: readonly Passage[];
};

/** Sections read whole for an answer. */
const SECTIONS = 8;
/** Two passages that share this much of their words are versions of one text. */
const SAME_TEXT = 0.8;

/**
 * Finds the sections for a question: search, one place for each section, near-duplicates folded. For a
 * comparison, the sections that tell what each of the things is are brought along.
 */
export async function retrieve(question: string, deps: RetrieveDeps): Promise<Retrieved> {
  const found = await search(question, deps);
  const best = foldVersions(bestOfSections(found.ranked)).slice(0, SECTIONS);
  if (found.question.kind === 'comparison') best.push(...(await subjectSections(found, best, deps)));
  const chunks = await deps.snapshot.chunksOf(best.map(({ chunk }) => chunk));
  const passages = best.flatMap(({ chunk, score }) => {
    const own = chunks.filter((other) => other.path === chunk.path && other.section === chunk.section);
    return makePassage(own, score, found, found.weights) ?? [];
  });
  return { search: found, passages };
}

export type RetrieveDeps = {
  readonly snapshot: Snapshot;
  readonly embedder: Embedder;
  readonly signal?: AbortSignal;
};

/** The best section about each subject alone, scored as the least of the sections found for the question. */
async function subjectSections(
  { question }: SearchResult,
  best: readonly RankedChunk[],
  deps: RetrieveDeps,
): Promise<RankedChunk[]> {
  const known = new Set(best.map(sectionKey));
  const score = best.at(-1)?.score ?? 0;
  const searches = question.subjects.map((subject) => search(`What is ${subject}?`, deps));
  const firsts = (await Promise.all(searches)).flatMap(({ ranked }) => ranked.slice(0, 2));
  return bestOfSections(firsts)
    .filter((hit) => !known.has(sectionKey(hit)))
    .map((hit) => ({ ...hit, score }));
}

function bestOfSections(ranked: readonly RankedChunk[]): RankedChunk[] {
  const seen = new Set<string>();
  return ranked.filter((hit) => {
    const key = sectionKey(hit);
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

function sectionKey({ chunk }: RankedChunk): string {
  return `${chunk.path}\n${chunk.section}`;
}

/** Keeps the best of each family of near-identical passages, so that five versions of a page don't fill the list. */
export function foldVersions(ranked: readonly RankedChunk[]): RankedChunk[] {
  const kept: { readonly hit: RankedChunk; readonly words: ReadonlySet<string> }[] = [];
  for (const hit of ranked.slice(0, SECTIONS * 4)) {
    const words = termSet(hit.chunk.terms.sentences);
    if (kept.every((other) => likeness(words, other.words) < SAME_TEXT)) kept.push({ hit, words });
  }
  return kept.map(({ hit }) => hit);
}

/** Jaccard index. */
function likeness(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  let both = 0;
  for (const word of a) if (b.has(word)) both++;
  return both / Math.max(1, a.size + b.size - both);
}
