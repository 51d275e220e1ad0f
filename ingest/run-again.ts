/** A run that failed is tried again after so long, then twice as long, up to the most. */
const RETRY_MS = 1_000;
const MOST_RETRY_MS = 30_000;

/**
 * Turns bursts of `changed()` into single runs, one at a time; changes during a run bring one more after it. A run
 * that fails is tried again until one works; a change makes that sooner. `close` waits for the one at work.
 */
export function makeRunner(
  run: () => Promise<void>,
  { pauseMs, retryMs = RETRY_MS }: { pauseMs: number; retryMs?: number },
) {
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> | undefined;
  let again = false;
  let failures = 0;
  let closed = false;

  const start = () => {
    if (running) {
      again = true;
      return;
    }
    running = run().then(
      () => {
        failures = 0;
        next(again ? pauseMs : undefined);
      },
      () => {
        failures += 1;
        next(again ? pauseMs : Math.min(retryMs * 2 ** (failures - 1), MOST_RETRY_MS));
      },
    );
  };
  const next = (milliseconds: number | undefined) => {
    running = undefined;
    again = false;
    // A timer that is set stands for a change that came in the meantime.
    if (milliseconds !== undefined) timer ??= later(milliseconds);
  };
  const later = (milliseconds: number) =>
    closed
      ? undefined
      : setTimeout(() => {
          timer = undefined;
          start();
        }, milliseconds);
  return {
    changed() {
      clearTimeout(timer);
      timer = later(pauseMs);
    },
    async close() {
      closed = true;
      clearTimeout(timer);
      await running;
    },
  };
}
