type TraceEvent = {
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  /** Microseconds, as are the durations; `tdur` is processor time. */
  readonly ts: number;
  readonly dur?: number;
  readonly tdur?: number;
};

/** Lengths of tasks in ms, each sorted; `cpu` leaves out the time in which the machine did something else. */
export type Lengths = { readonly wall: readonly number[]; readonly cpu: readonly number[] };

/** What a Chromium trace must hold for `readTasks`. */
export const traceCategories = ['devtools.timeline', 'disabled-by-default-devtools.timeline'];

/**
 * The tasks of the main thread that drew frames, out of a Chromium trace: `frames` are those that draw, with script,
 * style, layout and paint together; `all` are all of them.
 */
export function readTasks(trace: Buffer): { readonly frames: Lengths; readonly all: Lengths } {
  const { traceEvents }: { traceEvents: readonly TraceEvent[] } = JSON.parse(trace.toString());
  const drawn = traceEvents.filter(({ name }) => name === 'FireAnimationFrame');
  const isMain = ({ pid, tid }: TraceEvent) => pid === drawn[0]?.pid && tid === drawn[0].tid;
  const tasks = traceEvents.filter((event) => event.name === 'RunTask' && isMain(event));
  const draws = ({ ts, dur = 0 }: TraceEvent) =>
    drawn.some((frame) => isMain(frame) && ts <= frame.ts && frame.ts < ts + dur);
  return { frames: lengthsOf(tasks.filter(draws)), all: lengthsOf(tasks) };
}

function lengthsOf(tasks: readonly TraceEvent[]): Lengths {
  const sorted = (lengths: number[]) => lengths.map((length) => length / 1000).sort((a, b) => a - b);
  return {
    wall: sorted(tasks.map(({ dur = 0 }) => dur)),
    cpu: sorted(tasks.map(({ tdur = 0 }) => tdur)),
  };
}

/** The length that a share of the tasks doesn't exceed, in words. */
export function lengthAt(share: number, { wall, cpu }: Lengths): string {
  const at = (lengths: readonly number[]) =>
    (lengths[Math.floor((lengths.length - 1) * share)] ?? 0).toFixed(1);
  return `${at(wall)} ms (${at(cpu)} of processor time)`;
}
