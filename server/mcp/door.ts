import type { Audience } from '../../knowledge/audience.ts';
import type { StoreReader } from '../../knowledge/snapshot.ts';
import type { Answer } from '../answer/answer.ts';
import type { Log } from '../log.ts';
import type { Search } from '../routes/search.ts';

/** What the tools need, whatever carries the protocol. */
export type Door = {
  readonly answer: Answer;
  readonly search: Search;
  readonly store: StoreReader;
  readonly log: Log;
  /** Documents that whoever asks may see. */
  readonly audiences: Audience | 'all';
  /** Name of who asks, for limits. */
  readonly askedBy?: string;
  /** Address that Docent's pages are opened under, without a slash at its end; undefined where no pages are served. */
  readonly origin?: string | undefined;
};

/** Scheme of the documents as resources: `docent://docs/PATH#ANCHOR`. */
const RESOURCES = 'docent:/';

/** The page of a document or section; where no pages are served, its resource. */
export function linkTo({ origin = RESOURCES }: Pick<Door, 'origin'>, path: string, anchor = ''): string {
  const page = `${origin}/docs/${path.split('/').map(encodeURIComponent).join('/')}`;
  return anchor === '' ? page : `${page}#${encodeURIComponent(anchor)}`;
}

/** A document's address as a resource, the same whatever carries the protocol. */
export function resourceOf(path: string): string {
  return linkTo({}, path);
}

/** A place as text: a Markdown link to its page, or `path:line`. */
export function placeText(
  { origin }: Pick<Door, 'origin'>,
  place: { path: string; line: number; url: string },
): string {
  const name = `${place.path}:${place.line}`;
  return origin === undefined ? name : `[${name}](${place.url})`;
}
