import type { z } from 'zod';
import { checkedQuestion } from '../chat-request.ts';
import type { searchDocsInput, searchDocsOutput } from '../contract/tools.ts';
import { lineIn } from '../line-in.ts';
import { type Door, linkTo, placeText } from './door.ts';
import type { ToolOutput } from './tool-result.ts';

/** The best passages for a question, each with its line. */
export async function searchDocs(
  { query, k }: z.output<typeof searchDocsInput>,
  door: Door,
): Promise<ToolOutput> {
  const { hits, version } = await door.search(checkedQuestion(query), k, door.audiences);
  const snapshot = await door.store.current(door.audiences);
  const sources = new Map<string, string>();
  for (const path of new Set(hits.map((hit) => hit.path))) {
    sources.set(path, (await snapshot.document(path))?.source ?? '');
  }
  const structured: z.output<typeof searchDocsOutput> = {
    hits: hits.map(({ path, anchor, headings, title, text, score, start }) => ({
      ...{ path, anchor, headings: [...headings], title, text, score },
      line: lineIn({ path, source: sources.get(path) ?? '' }, start),
      url: linkTo(door, path, anchor),
    })),
    version,
  };
  const texts = structured.hits.map(
    (hit) => `${placeText(door, hit)}  ${hit.headings.join(' > ') || hit.title}\n\n${hit.text.trim()}`,
  );
  const text = texts.length > 0 ? texts.join('\n\n---\n\n') : 'Nothing in the docs comes near.';
  return { structured, text, documents: hits };
}
