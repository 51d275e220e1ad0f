import type { Document } from '../../knowledge/document.ts';
import { guessSourceUrl, readGitAddress } from '../../knowledge/git-address.ts';
import type { StoreReader } from '../../knowledge/snapshot.ts';
import type { ServerConfig } from '../config.ts';
import type { ChatEvent, Citation, Source } from '../events.ts';
import { lineIn } from '../line-in.ts';
import type { Answer } from './answer.ts';

/** A section's place: `line` counts from 1. */
type Place = Pick<Source, 'path' | 'anchor'> & { readonly line: number };

/**
 * Gives each source and each citation of an answer the address of its file in the repository, by a pattern with the
 * placeholders `{path}`, `{anchor}` and `{line}`: the line of the section, or of the words cited.
 */
export function linkRepository(answer: Answer, options: { pattern: string; store: StoreReader }): Answer {
  const { pattern, store } = options;
  return async function* linked(request, answering) {
    const documents = new Map<string, Promise<Document | undefined>>();
    let sources: readonly Source[] = [];

    /** Undefined where no line is asked for, or nobody knows the document. */
    function documentOf(path: string): Promise<Document | undefined> | undefined {
      if (!pattern.includes('{line}')) return undefined;
      const found =
        documents.get(path) ?? store.current(answering.audiences).then((snapshot) => snapshot.document(path));
      documents.set(path, found);
      return found;
    }
    async function urlOf({ path, anchor }: Source, offset?: number): Promise<string> {
      const document = await documentOf(path);
      const section = document?.sections.find((each) => each.anchor === anchor);
      const line = document ? lineIn(document, offset ?? section?.start ?? 0) : 1;
      return repositoryUrl(pattern, { path, anchor, line });
    }
    const withUrl = <Cited extends Citation>(citations: readonly Cited[]): Promise<Cited[]> =>
      Promise.all(
        citations.map(async (citation) => {
          const source = sources.find(({ n }) => n === citation.n);
          return source ? { ...citation, repositoryUrl: await urlOf(source, citation.start) } : citation;
        }),
      );
    async function withUrls(event: ChatEvent): Promise<ChatEvent> {
      if (event.type === 'sources') {
        sources = event.sources;
        const linked = sources.map(async (source) => ({ ...source, repositoryUrl: await urlOf(source) }));
        return { ...event, sources: await Promise.all(linked) };
      }
      if (event.type === 'claim') return { ...event, citations: await withUrl(event.citations) };
      if (event.type === 'disagreement') return { ...event, sides: await withUrl(event.sides) };
      return event;
    }

    for await (const event of answer(request, answering)) yield await withUrls(event);
  };
}

/** The pattern filled in, each value encoded; an anchor or line at its end that says nothing is left out. */
export function repositoryUrl(pattern: string, { path, anchor, line }: Place): string {
  const filled = pattern
    .replaceAll('{path}', path.split('/').map(encodeURIComponent).join('/'))
    .replaceAll('{anchor}', encodeURIComponent(anchor))
    .replaceAll('{line}', String(line));
  return line > 1 || !pattern.includes('{line}') ? filled.replace(/#$/, '') : filled.replace(/#L?1$/, '');
}

/** Where files are shown: as set, else as known of the repository that `DOCS_DIR` names. */
export function sourcePattern({
  SOURCE_URL: pattern,
  DOCS_DIR,
}: Pick<ServerConfig, 'SOURCE_URL' | 'DOCS_DIR'>): string | undefined {
  const address = readGitAddress(DOCS_DIR);
  if (pattern === undefined) return address && guessSourceUrl(address);
  const ref = (address?.ref ?? 'HEAD').split('/').map(encodeURIComponent).join('/');
  return pattern.replaceAll('{ref}', ref);
}
