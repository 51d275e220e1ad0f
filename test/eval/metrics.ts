import { createHash } from 'node:crypto';

/** Mean of numbers or of yes and no; NaN of none. */
export function mean(values: readonly (number | boolean)[]): number {
  return values.reduce<number>((sum, value) => sum + Number(value), 0) / values.length;
}

/** The value below which the given share of the values lies. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

/** Area under the ROC curve: how often a positive scores above a negative, ties counting half. */
export function auroc(positives: readonly number[], negatives: readonly number[]): number {
  const all = [
    ...positives.map((score) => ({ score, up: true })),
    ...negatives.map((score) => ({ score, up: false })),
  ];
  all.sort((a, b) => a.score - b.score);
  let sum = 0;
  for (let i = 0; i < all.length; ) {
    let j = i;
    while (j < all.length && all[j]?.score === all[i]?.score) j++;
    for (let k = i; k < j; k++) if (all[k]?.up) sum += (i + j - 1) / 2;
    i = j;
  }
  const n = positives.length;
  return (sum - (n * (n - 1)) / 2) / (n * negatives.length);
}

/** F1 of calling a question answerable. */
export function f1(
  answered: readonly { readonly answerable: boolean; readonly answered: boolean }[],
): number {
  const right = answered.filter((each) => each.answerable && each.answered).length;
  const wrong = answered.filter((each) => each.answerable !== each.answered).length;
  return (2 * right) / (2 * right + wrong);
}

export type Half = 'tune' | 'report';

/** Halves a set by its ids, for ever the same: weights and thresholds come from `tune`, figures from `report`. */
export function halfOf(id: string): Half {
  return (createHash('sha256').update(id).digest()[0] ?? 0) % 2 === 0 ? 'tune' : 'report';
}
