import type { Snapshot } from '../knowledge/snapshot.ts';

export type Contents = { readonly documents: number; readonly sections: number; readonly chunks: number };

/** How much a version of the index holds. */
export async function contentsOf(snapshot: Snapshot): Promise<Contents> {
  const documents = await snapshot.documents();
  const sections = documents.reduce((sum, document) => sum + document.sections.length, 0);
  return { documents: documents.length, sections, chunks: snapshot.chunkCount };
}
