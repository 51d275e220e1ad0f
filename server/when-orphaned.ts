/** Between looks, in ms. */
const LOOK_MS = 200;

/**
 * Calls back once when the process that started this one is gone. npm runs a script in a shell and passes a signal on
 * to that shell alone, most of which end without a word to what they run.
 */
export function whenOrphaned(callback: () => void): void {
  const parent = process.ppid;
  const look = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(look);
    callback();
  }, LOOK_MS);
  look.unref();
}
