import { availableParallelism } from 'node:os';

/**
 * Imported for its effect, before LanceDB: with two threads or fewer its full-text index build can wait
 * for itself for ever (lancedb#3568).
 */
if (availableParallelism() <= 2) process.env.LANCE_CPU_THREADS ??= '4';
