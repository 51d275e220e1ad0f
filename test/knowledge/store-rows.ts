import type { Fingerprint } from '../../knowledge/snapshot.ts';
import type { ChunkRow, DocumentRow } from '../../knowledge/store-schema.ts';
import { openStoreWriter } from '../../knowledge/store-writer.ts';

export const fingerprint: Fingerprint = { embedder: 'test', dimensions: 2, chunker: 'test' };

/** A chunk of one sentence whose vector points `angle` degrees away from [1, 0]. */
export function chunkRow(
  path: string,
  section: number,
  text: string,
  angle = 0,
  audience: readonly string[] = [],
): ChunkRow {
  const radians = (angle * Math.PI) / 180;
  const vector = Float32Array.of(Math.cos(radians), Math.sin(radians));
  return {
    id: `${path}/${section}`,
    path,
    title: `Title of ${path}`,
    section,
    sectionHash: `hash ${section}`,
    anchor: `section-${section}`,
    headings: ['Tools', `Section ${section}`],
    start: section * 100,
    end: section * 100 + text.length,
    text,
    blocks: [{ kind: 'paragraph', start: section * 100, end: section * 100 + text.length }],
    sentences: [
      { kind: 'sentence', block: 0, start: section * 100, end: section * 100 + text.length, text },
      { kind: 'item', block: 0, start: section * 100, end: section * 100 + 1, text: 'x' },
    ],
    changedAt: '2026-01-05T08:00:00.000Z',
    audience,
    embedHash: `${text} ${angle}`,
    vector,
    sentenceVectors: [Int8Array.of(127, -127), Int8Array.of(0, 5)],
  };
}

export function documentRow(
  path: string,
  source = `source of ${path}`,
  audience: readonly string[] = [],
): DocumentRow {
  const section = { index: 0, anchor: 'a', headings: ['Tools'], level: 1, start: 0, end: 5 };
  const changedAt = '2026-01-05T08:00:00.000Z';
  return {
    id: `${path} ${source}`,
    path,
    title: `Title of ${path}`,
    source,
    hash: 'abc',
    changedAt,
    audience,
    sections: [{ ...section, hash: 'def', changedAt }],
    chunks: 1,
  };
}

/** Adds rows and commits them. */
export async function commitRows(
  uri: string,
  chunks: readonly ChunkRow[],
  documents: readonly DocumentRow[] = [],
  options: {
    full?: boolean;
    without?: readonly string[];
    fingerprint?: Fingerprint;
    now?: () => number;
  } = {},
): Promise<number> {
  const writer = await openStoreWriter({
    uri,
    fingerprint: options.fingerprint ?? fingerprint,
    full: options.full ?? false,
    ...(options.now ? { now: options.now } : {}),
  });
  try {
    await writer.addChunks(chunks);
    await writer.addDocuments(documents);
    await writer.deleteChunks(options.without ?? []);
    return (await writer.commit({})).version;
  } finally {
    await writer.close();
  }
}
