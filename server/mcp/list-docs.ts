import type { z } from 'zod';
import type { listDocsOutput } from '../contract/tools.ts';
import { type Door, linkTo } from './door.ts';
import type { ToolOutput } from './tool-result.ts';

/** All documents, by path. */
export async function listDocs(door: Door): Promise<ToolOutput> {
  const snapshot = await door.store.current(door.audiences);
  const structured: z.output<typeof listDocsOutput> = {
    documents: (await snapshot.documents()).map(({ path, title, changedAt, sections }) => ({
      ...{ path, title, changedAt },
      sections: sections.length,
      url: linkTo(door, path),
    })),
    version: snapshot.version,
  };
  const lines = structured.documents.map(({ path, title, url }) => {
    return `- ${door.origin === undefined ? path : `[${path}](${url})`}: ${title}`;
  });
  // Links to hundreds of resources would say the same once more.
  return { structured, text: lines.join('\n'), documents: [] };
}
