import type { z } from 'zod';
import type { Snapshot } from '../knowledge/snapshot.ts';
import type { Answered } from './collect-answer.ts';
import type { citedAnswer, citedPlace, citedSource } from './contract/cited-answer.ts';
import type { Citation } from './events.ts';
import { lineIn } from './line-in.ts';
import { makePageLinker } from './link-citations.ts';

export type CitedAnswer = z.output<typeof citedAnswer>;
export type CitedPlace = z.output<typeof citedPlace>;
export type CitedSource = z.output<typeof citedSource>;

const PAGE = /^\/docs\//;

/**
 * An answer that has ended, each of its citations with the line of its file. `asked` is the question as it was
 * typed; `docs` is what stands in the place of `/docs/` in all links to documents: where this door's readers find them.
 */
export async function citedAnswerOf(
  asked: string,
  { question = asked, text, sources, claims, disagreements, done }: Answered,
  { snapshot, docs }: { readonly snapshot: Snapshot; readonly docs: string },
): Promise<CitedAnswer> {
  const paths = [...new Set(sources.map(({ path }) => path))];
  const documents = new Map(
    await Promise.all(paths.map(async (path) => [path, await snapshot.document(path)] as const)),
  );
  const lineOf = (path: string, offset: number): number => {
    const document = documents.get(path);
    return document ? lineIn(document, offset) : 1;
  };
  const placed = sources.map(({ n, path, anchor, headings, title, url, excerpt, repositoryUrl }) => {
    const section = documents.get(path)?.sections.find((each) => each.anchor === anchor);
    const line = lineOf(path, section?.start ?? 0);
    return {
      ...{ n, path, anchor, headings: [...headings], title, url: url.replace(PAGE, docs), excerpt, line },
      ...(repositoryUrl !== undefined && { repositoryUrl }),
    };
  });
  const placesOf = <Cited extends Citation>(citations: readonly Cited[]): (CitedPlace & { cited: Cited })[] =>
    citations.flatMap((cited) => {
      const source = placed.find((each) => each.n === cited.n);
      if (!source) return [];
      const { path, anchor, url } = source;
      const { n, quote, repositoryUrl } = cited;
      const place = { n, path, anchor, line: lineOf(path, cited.start), quote, url };
      return [{ ...place, ...(repositoryUrl !== undefined && { repositoryUrl }), cited }];
    });
  const linked = (markdown: string): string => {
    const linker = makePageLinker(docs);
    return linker.push(markdown) + linker.flush();
  };
  return {
    question,
    answer: linked(text),
    mode: done.mode,
    score: done.score,
    ...(done.note !== undefined && { note: done.note }),
    claims: claims.map(({ start, end, status, reason, citations }) => ({
      text: linked(text.slice(start, end)),
      status,
      ...(reason !== undefined && { reason }),
      citations: placesOf(citations).map(({ cited, ...place }) => place),
    })),
    ...(disagreements !== undefined && {
      disagreements: disagreements.map(({ sides }) =>
        placesOf(sides).map(({ cited, ...place }) => ({ ...place, changedAt: cited.changedAt })),
      ),
    }),
    sources: placed,
    version: done.version,
  };
}
