/** Times the stages of one answer, in whole tenths of a millisecond. */
export type Clock = {
  /** Ends a stage that began at the last lap. */
  lap(stage: string): void;
  timings(): Record<string, number>;
};

/** `onLap` is told each stage that ends, with its milliseconds. */
export function makeClock(
  now: () => number = () => performance.now(),
  onLap: (stage: string, ms: number) => void = () => {},
): Clock {
  const start = now();
  const stages: Record<string, number> = {};
  let last = start;
  const tenths = (ms: number) => Math.round(ms * 10) / 10;
  return {
    lap(stage) {
      const time = now();
      stages[stage] = tenths((stages[stage] ?? 0) + time - last);
      onLap(stage, time - last);
      last = time;
    },
    timings: () => ({ ...stages, total: tenths(now() - start) }),
  };
}
