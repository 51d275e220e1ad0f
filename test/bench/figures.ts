import { percentile } from '../eval/metrics.ts';

/** One measured value beside what it is to be compared with, measured in the same run. */
export type Figure = {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** The yardstick's name and value, in the same unit. */
  readonly beside?: readonly (readonly [name: string, value: number])[];
  readonly goal?: { readonly least?: number; readonly most?: number };
};

export type Figures = Readonly<Record<string, readonly Figure[]>>;

/** A line for each figure; those that miss their goal say so. */
export function figureLines(figures: readonly Figure[]): string[] {
  return figures.map(({ name, value, unit, beside = [], goal }) => {
    const besides = beside.map(([other, its]) => `; ${other} ${round(its)}`).join('');
    const aim =
      goal?.most !== undefined
        ? `at most ${goal.most}`
        : goal?.least !== undefined
          ? `at least ${goal.least}`
          : '';
    const verdict = aim === '' ? '' : `   (goal ${aim}: ${holds(value, goal) ? 'met' : 'MISSED'})`;
    return `  ${name.padEnd(52)} ${round(value)} ${unit}${besides}${verdict}`;
  });
}

export function holds(value: number, goal: Figure['goal']): boolean {
  return (
    !(value > (goal?.most ?? Number.POSITIVE_INFINITY)) &&
    !(value < (goal?.least ?? Number.NEGATIVE_INFINITY))
  );
}

/** p50 and p95 of a measurement as two figures, each beside the same of its yardsticks. */
export function spread(
  name: string,
  unit: string,
  values: readonly number[],
  { beside = {}, most }: { beside?: Readonly<Record<string, readonly number[]>>; most?: number } = {},
): Figure[] {
  return [50, 95].map((percent) => ({
    name: `${name} p${percent}`,
    value: percentile(values, percent / 100),
    unit,
    beside: Object.entries(beside).map(([other, its]) => [other, percentile(its, percent / 100)] as const),
    ...(percent === 50 && most !== undefined ? { goal: { most } } : {}),
  }));
}

export function median(values: readonly number[]): number {
  return percentile(values, 0.5);
}

/** Milliseconds that an action takes, and its result. */
export async function timed<T>(
  action: () => Promise<T>,
): Promise<readonly [milliseconds: number, result: T]> {
  const began = performance.now();
  const result = await action();
  return [performance.now() - began, result];
}

function round(value: number): string {
  if (!Number.isFinite(value)) return '-';
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2;
  return value.toLocaleString('en', { maximumFractionDigits: digits, minimumFractionDigits: digits });
}
