import type {
  DocumentList,
  DocumentPage,
  ErrorBody,
  Feedback,
  GapList,
  Info,
  SearchResponse,
  SectionState,
  Source,
  Status,
} from '../../server/events.ts';
import { texts } from '../texts.ts';
import { parseJson } from './chat-events.ts';
import { readFailure } from './read-failure.ts';

/** What a request came to: the value, or an error that can be shown. */
export type Loaded<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: ErrorBody };

/** The routes of the server beside the chat. An aborted request comes to an error with code `aborted`. */
export type Api = {
  info(): Promise<Loaded<Info>>;
  documents(): Promise<Loaded<DocumentList>>;
  document(path: string): Promise<Loaded<DocumentPage>>;
  /** What has become of a section that was cited. */
  section(cited: Pick<Source, 'path' | 'anchor' | 'hash'>): Promise<Loaded<SectionState>>;
  search(question: string, signal?: AbortSignal): Promise<Loaded<SearchResponse>>;
  gaps(): Promise<Loaded<GapList>>;
  /** How the server is, for who may know. */
  status(): Promise<Loaded<Status>>;
  rate(feedback: Feedback): Promise<Loaded<undefined>>;
};

function has<T>(...fields: (keyof T & string)[]): (value: unknown) => value is T {
  return (value): value is T =>
    typeof value === 'object' && value !== null && fields.every((field) => field in value);
}
const isInfo = has<Info>('name', 'suggestions');
const isDocumentList = has<DocumentList>('documents', 'version');
const isDocumentPage = has<DocumentPage>('path', 'source', 'sections');
const isSectionState = has<SectionState>('status', 'path', 'anchor');
const isGapList = has<GapList>('groups', 'rated');
const isStatus = has<Status>('index', 'mode', 'running');
const isSearchResponse = has<SearchResponse>('hits', 'version');

/** Path of a document as part of an address, each folder escaped for itself. */
export function encodePath(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/');
}

export function makeApi(deps: { fetch: typeof fetch }): Api {
  async function get<T>(
    url: string,
    isT: (value: unknown) => value is T,
    signal?: AbortSignal,
  ): Promise<Loaded<T>> {
    try {
      const response = await deps.fetch(url, signal ? { signal } : {});
      if (!response.ok) return { ok: false, error: await readFailure(response) };
      const body = parseJson(await response.text());
      if (isT(body)) return { ok: true, value: body };
      return { ok: false, error: { code: 'internal', message: texts.errors.status(response.status) } };
    } catch {
      return signal?.aborted
        ? { ok: false, error: { code: 'aborted', message: '' } }
        : { ok: false, error: { code: 'unreachable', message: texts.errors.unreachable } };
    }
  }
  return {
    info: () => get('/api/info', isInfo),
    documents: () => get('/api/docs', isDocumentList),
    document: (path) => get(`/api/docs/${encodePath(path)}`, isDocumentPage),
    section: ({ path, anchor, hash }) =>
      get(`/api/sections?${new URLSearchParams({ path, anchor, hash })}`, isSectionState),
    gaps: () => get('/api/gaps', isGapList),
    status: () => get('/api/status', isStatus),
    async rate(feedback) {
      try {
        const response = await deps.fetch('/api/feedback', {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(feedback),
        });
        return response.ok
          ? { ok: true, value: undefined }
          : { ok: false, error: await readFailure(response) };
      } catch {
        return { ok: false, error: { code: 'unreachable', message: texts.errors.unreachable } };
      }
    },
    search: (question, signal) =>
      get(`/api/search?q=${encodeURIComponent(question)}&k=8`, isSearchResponse, signal),
  };
}
