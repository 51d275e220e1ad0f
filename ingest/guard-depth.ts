import { FileFault } from './file-fault.ts';

/**
 * Does work on one document whose recursion follows the nesting of its blocks. Throws a
 * `FileFault` when thousands of quotes in quotes overflow the stack; the other files can go on.
 */
export function guardDepth<T>(work: () => T): T {
  try {
    return work();
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause;
    throw new FileFault('unreadable', 'has blocks nested too deeply to be read: flatten them', {
      cause,
    });
  }
}
