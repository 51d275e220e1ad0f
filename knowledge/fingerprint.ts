import { CHUNKER_ID } from './chunker-id.ts';
import type { Embedder } from './embedder.ts';
import { sha256 } from './sha256.ts';
import type { Fingerprint } from './snapshot.ts';

/** How an index is made with this embedder: what an ingest writes, and what readers expect. */
export function fingerprintOf({ id, dimensions }: Pick<Embedder, 'id' | 'dimensions'>): Fingerprint {
  return { embedder: id, dimensions, chunker: CHUNKER_ID };
}

/** Eight hex digits that name an index made this way; the store's tables carry them. */
export function shortHash(fingerprint: Fingerprint): string {
  const { embedder, dimensions, chunker } = fingerprint;
  return sha256(JSON.stringify([embedder, dimensions, chunker])).slice(0, 8);
}

/** One clause for each thing that differs, found first; `undefined` when an index reads rightly. */
export function describeDifference(found: Fingerprint, expected: Fingerprint): string | undefined {
  const differences: string[] = [];
  if (found.embedder !== expected.embedder)
    differences.push(`embedding model "${found.embedder}" instead of "${expected.embedder}"`);
  if (found.dimensions !== expected.dimensions)
    differences.push(`${found.dimensions} dimensions instead of ${expected.dimensions}`);
  if (found.chunker !== expected.chunker)
    differences.push(`chunker "${found.chunker}" instead of "${expected.chunker}"`);
  return differences.length > 0 ? differences.join(', ') : undefined;
}
