/** Loaded with `--import` into a server's process, so that it can be asked from outside. */
import { isMainThread } from 'node:worker_threads';

if (isMainThread) {
  const [{ answerAsks }, { probe }] = await Promise.all([import('./asks.ts'), import('./probe.ts')]);
  answerAsks(probe);
}
