import { CHUNK_TOKENS } from './split-section.ts';

/** Names all that changes chunks or sentences; part of the index fingerprint. Raise it with each such change. */
export const CHUNKER_ID = `sections-1/${CHUNK_TOKENS}`;
