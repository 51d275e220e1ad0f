/** Most model tokens of source in a chunk; e5 reads 512, the rest is for title and headings. */
export const CHUNK_TOKENS = 256;

/**
 * Names all that changes chunks or their sentences; the `chunker` of the index fingerprint, for writer and
 * readers. Raise the number with each such change.
 */
export const CHUNKER_ID = `sections-5/${CHUNK_TOKENS}`;
