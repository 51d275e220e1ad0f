import type { z } from 'zod';
import type { ErrorCode } from '../../knowledge/errors.ts';
import { errorBody } from '../contract/error-body.ts';
import { ERROR_STATUS } from '../error-status.ts';

/** What a route answers with one status. Without `bodies` and `events` there is no body. */
export type Reply = {
  readonly description: string;
  /** Schemas by media type. */
  readonly bodies?: Readonly<Record<string, z.ZodType>>;
  /** Server-sent events by name, each with the schema of its `data`; instead of `bodies`. */
  readonly events?: Readonly<Record<string, z.ZodType>>;
};

/** One route as the OpenAPI document tells of it. A schema with an `id` in its `meta` becomes a component. */
export type Operation = {
  /** Name of the call in generated clients. */
  readonly id: string;
  readonly method: 'get' | 'post' | 'delete';
  /** With parameters in braces, each described in `params`. */
  readonly path: string;
  readonly group: string;
  readonly summary: string;
  readonly description?: string;
  readonly params?: z.ZodObject;
  readonly query?: z.ZodObject;
  /** The JSON body. */
  readonly body?: z.ZodType;
  /** A body that gets a successful answer. */
  readonly example?: unknown;
  readonly replies: Readonly<Record<number, Reply>>;
  /** Needs no access token, wherever one is asked for, and isn't counted. */
  readonly open?: true;
};

export function jsonReply(description: string, schema: z.ZodType): Reply {
  return { description, bodies: { 'application/json': schema } };
}

/** The replies of Docent's own routes to these faults, each under the status that it has everywhere. */
export function faultReplies(...codes: readonly ErrorCode[]): Record<number, Reply> {
  const replies: Record<number, Reply> = {};
  for (const status of new Set(codes.map((code) => ERROR_STATUS[code]))) {
    const named = codes.filter((code) => ERROR_STATUS[code] === status).map((code) => `\`${code}\``);
    replies[status] = jsonReply(named.join(', '), errorBody);
  }
  return replies;
}
