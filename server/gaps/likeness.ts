import { dot } from '../../knowledge/dot.ts';
import type { Embedder } from '../../knowledge/embedder.ts';
import { embedQuestion } from '../../knowledge/generic-question.ts';
import { readQuestion } from '../../knowledge/question.ts';

/** What tells whether two questions mean the same: a unit vector, and the names and numbers in them. */
export type Meaning = { readonly vector: Float32Array; readonly names: ReadonlySet<string> };

/**
 * Cosine from which questions are alike, once half of what all questions share is taken away. Of sixteen
 * pairs, the eight that mean the same have 0.85 to 0.98 and seven of the others 0.52 to 0.81.
 */
const ALIKE = 0.84;
/** Meanings kept; each has a vector of 384 floats or more. */
const KEPT = 2_000;

/** Reads meanings, each wording once while there is room for it. */
export function makeMeaning(embedder: Embedder): (question: string) => Promise<Meaning> {
  const known = new Map<string, Meaning>();
  return async (question) => {
    const before = known.get(question);
    if (before) return before;
    const { specific } = await embedQuestion(question, embedder);
    const length = Math.sqrt(dot(specific, specific)) || 1;
    const names = new Set(readQuestion(question).names.map((name) => name.toLowerCase()));
    const meaning = { vector: specific.map((value) => value / length), names };
    if (known.size >= KEPT) known.clear();
    known.set(question, meaning);
    return meaning;
  };
}

/** Whether two questions ask much the same. Those about differently named things don't, however near they are. */
export function areAlike(a: Meaning, b: Meaning): boolean {
  const apart = a.names.size > 0 && b.names.size > 0 && [...a.names].every((name) => !b.names.has(name));
  return !apart && dot(a.vector, b.vector) >= ALIKE;
}
