import { availableParallelism } from 'node:os';

/**
 * Imported for its effect, before LanceDB: with two threads or fewer its full-text index build can wait
 * for itself for ever (lancedb#3568).
 */
if (availableParallelism() <= 2) process.env.LANCE_CPU_THREADS ??= '4';

// Else every look at an index's statistics prints a warning.
process.env.LANCE_INCLUDE_VECTOR_CENTROIDS ??= 'false';

// At its default level it prints whole requests that an object storage refuses, with the key's id and what was signed.
process.env.LANCEDB_LOG ??= 'error';
