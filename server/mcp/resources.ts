import {
  type McpServer,
  ProtocolError,
  ProtocolErrorCode,
  ResourceNotFoundError,
  ResourceTemplate,
} from '@modelcontextprotocol/server';
import { asDocentError } from '../../knowledge/errors.ts';
import type { DocumentSummary } from '../../knowledge/snapshot.ts';
import { pathBelow } from '../routes/docs.ts';
import { type Door, resourceOf } from './door.ts';

/** Resources of one page of the list. */
export const PAGE = 100;
/** Most that the protocol takes as completions of an argument. */
const MOST_COMPLETIONS = 100;

/** The documents as resources: listed page by page, read as Markdown, their paths completed. */
export function addResources(server: McpServer, door: Door): void {
  const documents = async (): Promise<DocumentSummary[]> => {
    const snapshot = await door.store.current(door.audiences);
    return snapshot.documents();
  };
  const complete = async (typed: string): Promise<string[]> => {
    const paths = (await documents()).map(({ path }) => path);
    return paths.filter((path) => path.startsWith(typed)).slice(0, MOST_COMPLETIONS);
  };
  server.registerResource(
    'document',
    new ResourceTemplate('docent://docs/{+path}', { list: undefined, complete: { path: complete } }),
    { title: 'A document', description: 'A document of the docs by its path.', mimeType: 'text/markdown' },
    async (uri) => {
      const path = pathBelow(uri.pathname, '/');
      const snapshot = await safely(() => door.store.current(door.audiences));
      const found = path === undefined ? undefined : await snapshot.document(path);
      if (!found) throw new ResourceNotFoundError(uri.href);
      return { contents: [{ uri: uri.href, mimeType: 'text/markdown', text: found.source }] };
    },
  );
  // In the place of the SDK's own list, which knows no pages.
  server.server.setRequestHandler('resources/list', async ({ params }) => {
    const all = await safely(documents);
    const start = params?.cursor === undefined ? 0 : startOf(params.cursor);
    const end = start + PAGE;
    return {
      resources: all.slice(start, end).map(({ path, title, changedAt }) => ({
        uri: resourceOf(path),
        name: path,
        title,
        mimeType: 'text/markdown',
        annotations: { lastModified: changedAt },
      })),
      ...(end < all.length && { nextCursor: String(end) }),
    };
  });
}

function startOf(cursor: string): number {
  const start = Number(cursor);
  if (Number.isSafeInteger(start) && start >= 0 && start % PAGE === 0) return start;
  throw new ProtocolError(
    ProtocolErrorCode.InvalidParams,
    `"${cursor}" is no cursor of this list. Begin again without one.`,
  );
}

/** A fault as the protocol's error with its safe message. */
async function safely<T>(read: () => Promise<T>): Promise<T> {
  return read().catch((cause: unknown) => {
    throw new ProtocolError(ProtocolErrorCode.InternalError, asDocentError(cause).message);
  });
}
