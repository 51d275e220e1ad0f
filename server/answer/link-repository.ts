import type { Snapshot, StoreReader } from '../../knowledge/snapshot.ts';
import type { Source } from '../events.ts';
import { lineIn } from '../line-in.ts';
import type { Answer } from './answer.ts';

/** A section's place: `line` counts from 1. */
type Place = Pick<Source, 'path' | 'anchor'> & { readonly line: number };

/**
 * Gives each source of an answer the address of its file in the repository, by a pattern with the placeholders
 * `{path}`, `{anchor}` and `{line}`.
 */
export function linkRepository(answer: Answer, options: { pattern: string; store: StoreReader }): Answer {
  const { pattern, store } = options;
  return async function* linked(request, answering) {
    for await (const event of answer(request, answering)) {
      if (event.type !== 'sources') yield event;
      else {
        const sources = event.sources.map(async (source) => {
          const line = pattern.includes('{line}')
            ? await lineOf(await store.current(answering.audiences), source)
            : 1;
          return { ...source, repositoryUrl: repositoryUrl(pattern, { ...source, line }) };
        });
        yield { ...event, sources: await Promise.all(sources) };
      }
    }
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

async function lineOf(snapshot: Snapshot, { path, anchor }: Source): Promise<number> {
  const document = await snapshot.document(path);
  const section = document?.sections.find((each) => each.anchor === anchor);
  return document ? lineIn(document, section?.start ?? 0) : 1;
}
