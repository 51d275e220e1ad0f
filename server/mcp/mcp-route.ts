import { isIP } from 'node:net';
import {
  createMcpHandler,
  hostHeaderValidationResponse,
  localhostAllowedHostnames,
  originValidationResponse,
} from '@modelcontextprotocol/server';
import { Hono } from 'hono';
import { asDocentError } from '../../knowledge/errors.ts';
import { type AppEnv, askerOf } from '../asker.ts';
import { bodyText } from '../body-text.ts';
import { LARGEST_CONVERSATION } from '../chat-request.ts';
import { limitBody } from '../limit-body.ts';
import { publicOrigin } from '../public-origin.ts';
import type { Door } from './door.ts';
import { makeMcpServer } from './make-mcp-server.ts';

export type McpDeps = Pick<Door, 'answer' | 'search' | 'store' | 'log'> & {
  /** Address that readers reach Docent by. */
  readonly publicUrl?: string | undefined;
  /** Name or address that it listens on. */
  readonly host?: string | undefined;
};

const TOO_LARGE = `The message is longer than ${LARGEST_CONVERSATION} kB.`;

/**
 * The Model Context Protocol over HTTP: a fresh server for each request, and nothing kept between them.
 * Requests for a name that isn't Docent's (DNS rebinding), and from other sites' pages, get the protocol's 403.
 */
export function mcpRoute(deps: McpDeps): Hono<AppEnv> {
  const { answer, search, store, log, publicUrl, host } = deps;
  const own = [publicUrl, host && `http://${host}`].flatMap((address) => (address ? nameOf(address) : []));

  return new Hono<AppEnv>().all('/', limitBody(LARGEST_CONVERSATION, TOO_LARGE), async (context) => {
    const request = context.req.raw;
    const refused = refusalOf(request, own);
    if (refused) return refused;
    // The SDK would read what isn't UTF-8 all the same, garbled.
    if (request.method === 'POST') await bodyText(request.clone());
    const { name, audiences } = askerOf(context);
    const origin = publicOrigin(context, publicUrl);
    let fault: unknown;
    const handler = createMcpHandler(
      () => makeMcpServer({ answer, search, store, log, audiences, askedBy: name, origin }),
      {
        maxRequestBodySize: LARGEST_CONVERSATION * 1024,
        onerror: (error) => {
          fault = error;
        },
      },
    );
    const response = await handler.fetch(request);
    if (response.status >= 500) log.error(asDocentError(fault));
    return response;
  });
}

/**
 * Refuses what a page can send only by trickery. An address without a name passes: to rebind one, a page needs
 * a name of its own.
 */
function refusalOf(request: Request, own: readonly string[]): Response | undefined {
  const asked = nameOf(`http://${request.headers.get('host')}`);
  const local = localhostAllowedHostnames();
  const isAddress = asked.some((name) => isIP(name.replace(/^\[|\]$/g, '')) !== 0);
  const refused = hostHeaderValidationResponse(request, [...local, ...own, ...(isAddress ? asked : [])]);
  if (refused) return refused;
  const isLocal = asked.some((name) => local.includes(name));
  return originValidationResponse(request, [...asked, ...own, ...(isLocal ? local : [])]);
}

/** The host name of an address, in a list that is empty where there is none. */
function nameOf(address: string): string[] {
  return URL.canParse(address) ? [new URL(address).hostname] : [];
}
