import { ProtocolErrorCode } from '@modelcontextprotocol/server';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { z } from 'zod';
import { asDocentError, type ErrorCode } from '../../knowledge/errors.ts';
import type { mcpError } from '../contract/mcp-error.ts';
import { ERROR_STATUS } from '../error-status.ts';

export type McpErrorBody = z.output<typeof mcpError>;

/** What JSON-RPC leaves to servers; the protocol's own refusals of a host or an origin have it, too. */
const REFUSED = -32_000;
const RPC_CODES: Partial<Record<ErrorCode, number>> = {
  bad_request: ProtocolErrorCode.ParseError,
  internal: ProtocolErrorCode.InternalError,
};

/** True for the addresses whose errors have the protocol's shape. */
export function isMcpPath(path: string): boolean {
  return path === '/mcp' || path.startsWith('/mcp/');
}

/**
 * A fault before the protocol is spoken, as status and JSON-RPC's error; Docent's own name for it is in `data`, and
 * nothing of its cause gets out.
 */
export function toMcpError(cause: unknown): { status: ContentfulStatusCode; body: McpErrorBody } {
  const { code, message, retryAfter } = asDocentError(cause);
  const data = { code, ...(retryAfter !== undefined && { retryAfter }) };
  const error = { code: RPC_CODES[code] ?? REFUSED, message, data };
  return { status: ERROR_STATUS[code], body: { jsonrpc: '2.0', id: null, error } };
}
