import { monitorEventLoopDelay } from 'node:perf_hooks';

/** Milliseconds between looks at the event loop. */
const LOOK_MS = 10;

const lag = monitorEventLoopDelay({ resolution: LOOK_MS });
let top = 0;

/** Measures the process that it is loaded into. */
export const probe = {
  /** Processor time of all threads since the start, in microseconds. */
  cpu(): number {
    const { user, system } = process.cpuUsage();
    return user + system;
  },
  /** Resident memory and JavaScript heap in MB after a collection, and the most that was resident since the last time. */
  async memory(): Promise<{ rss: number; heap: number; top: number }> {
    look();
    const highest = top;
    for (let i = 0; i < 3; i++) {
      globalThis.gc?.();
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    const { rss, heapUsed, external } = process.memoryUsage();
    top = rss;
    return { rss: megabytes(rss), heap: megabytes(heapUsed + external), top: megabytes(highest) };
  },
  /** Starts a new count of the event loop's lag. */
  beginLag(): void {
    lag.reset();
  },
  /** Milliseconds that work waited for the event loop since then. */
  lag(): { p50: number; p99: number; most: number } {
    const late = (nanoseconds: number): number => Math.max(0, nanoseconds / 1e6 - LOOK_MS);
    return { p50: late(lag.percentile(50)), p99: late(lag.percentile(99)), most: late(lag.max) };
  },
};

export type Probe = typeof probe;

function look(): void {
  top = Math.max(top, process.memoryUsage.rss());
}

function megabytes(bytes: number): number {
  return bytes / 1024 / 1024;
}

lag.enable();
setInterval(look, 250).unref();
