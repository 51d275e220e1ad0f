import type { Sentence } from './document.ts';
import { terms } from './terms.ts';

const known = new WeakMap<readonly Sentence[], readonly ReadonlySet<string>[]>();

/** The terms of each of a chunk's sentences; worked out once for each chunk that a search brought. */
export function termsOfSentences({
  sentences,
}: {
  readonly sentences: readonly Sentence[];
}): readonly ReadonlySet<string>[] {
  const before = known.get(sentences);
  if (before) return before;
  const found = sentences.map((sentence) => new Set(terms(sentence.text)));
  known.set(sentences, found);
  return found;
}
