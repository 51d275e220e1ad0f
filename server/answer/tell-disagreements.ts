import type { Disagreement, Source } from '../events.ts';
import type { Side } from './disagree.ts';
import { sectionSource } from './sources.ts';

/** Disagreements as the reader is told of them. */
export type Told = {
  /** The sources given, then the sections of the sides that weren't among them. */
  readonly sources: readonly Source[];
  /** The sides that came in with a number of their own; the others' sections are sources already. */
  readonly added: readonly (Side & { readonly n: number })[];
  readonly disagreements: readonly Disagreement[];
};

/** Gives each side the number of its section among the sources. */
export function tellDisagreements(groups: readonly (readonly Side[])[], sources: readonly Source[]): Told {
  const all = [...sources];
  const added: (Side & { readonly n: number })[] = [];
  const numberOf = (side: Side): number => {
    const { path, title, anchor, headings, sectionHash: hash, changedAt } = side.chunk;
    const known = all.find((source) => source.path === path && source.anchor === anchor);
    if (known) return known.n;
    const n = all.length + 1;
    all.push(sectionSource({ path, title, anchor, headings, hash, changedAt }, n, quoteOf(side)));
    added.push({ ...side, n });
    return n;
  };
  const disagreements = groups.map((sides) => ({
    sides: sides.map((side) => {
      const { path, anchor, changedAt, sentences } = side.chunk;
      const { start = 0, end = 0 } = sentences[side.index] ?? {};
      return { n: numberOf(side), path, anchor, quote: quoteOf(side), start, end, changedAt };
    }),
  }));
  return { sources: all, added, disagreements };
}

function quoteOf({ chunk, index }: Side): string {
  return chunk.sentences[index]?.text ?? '';
}
