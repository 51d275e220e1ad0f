import { terms } from '../../knowledge/terms.ts';
import type { Citation } from '../events.ts';
import { citationOf, type MatchedPassage } from './match-quote.ts';

export type NearestSentence = {
  /** The unit that shares most of the text's weight of words, or undefined when none shares any. */
  nearest(text: string): Citation | undefined;
  /** Share of the text's weight found in the passage's best unit, 0 to 1, for each passage in order. */
  likeness(text: string): number[];
};

/** Likeness by shared words, the rarer among the passages the heavier. It finds, it never proves. */
export function makeNearestSentence(passages: readonly MatchedPassage[]): NearestSentence {
  const units = passages.flatMap((passage, at) =>
    passage.units.map((unit) => ({ passage, at, unit, stems: new Set(terms(unit.text)) })),
  );
  const counts = new Map<string, number>();
  for (const { stems } of units) for (const stem of stems) counts.set(stem, (counts.get(stem) ?? 0) + 1);
  const weight = (stem: string): number => Math.log(1 + units.length / (1 + (counts.get(stem) ?? 0)));

  const scores = (text: string): number[] => {
    const wanted = [...new Set(terms(text))];
    const whole = wanted.reduce((sum, stem) => sum + weight(stem), 0) || 1;
    return units.map(({ stems }) => {
      const shared = wanted.reduce((sum, stem) => sum + (stems.has(stem) ? weight(stem) : 0), 0);
      // Of two units that share the same words the shorter one is nearer.
      return shared === 0 ? 0 : shared / whole - Math.min(stems.size, 100) * 1e-4;
    });
  };
  return {
    nearest(text) {
      const found = scores(text);
      const best = found.indexOf(Math.max(...found));
      const unit = units[best];
      return unit && (found[best] ?? 0) > 0 ? citationOf(unit.passage, unit.unit) : undefined;
    },
    likeness(text) {
      const best = passages.map(() => 0);
      scores(text).forEach((score, index) => {
        const at = units[index]?.at ?? 0;
        best[at] = Math.max(best[at] ?? 0, score);
      });
      return best;
    },
  };
}
