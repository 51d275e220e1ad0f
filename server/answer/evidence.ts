import type { StoredChunk } from '../../knowledge/snapshot.ts';

/** A passage that an answer may cite as `[n]`; several may share a number when they are of one section. */
export type Evidence = { readonly n: number; readonly chunk: StoredChunk };
