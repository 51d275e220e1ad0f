import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { asDocentError, type ErrorCode } from '../knowledge/errors.ts';
import type { ErrorBody } from './events.ts';

/** HTTP status of each fault, in one place. */
export const ERROR_STATUS: Readonly<Record<ErrorCode, ContentfulStatusCode>> = {
  bad_config: 500,
  docs_missing: 503,
  docs_empty: 503,
  file_not_utf8: 422,
  file_unreadable: 422,
  store_missing: 503,
  store_mismatch: 503,
  store_damaged: 503,
  store_locked: 503,
  store_unwritable: 503,
  embedding_failed: 502,
  model_unreachable: 502,
  model_refused: 502,
  model_spent: 503,
  bad_request: 400,
  unauthorized: 401,
  forbidden: 403,
  question_empty: 400,
  question_too_long: 413,
  not_found: 404,
  method_not_allowed: 405,
  rate_limited: 429,
  timed_out: 504,
  port_in_use: 500,
  internal: 500,
};

/** A fault as status and body; nothing of its cause gets out. */
export function toErrorBody(error: unknown): { status: ContentfulStatusCode; body: ErrorBody } {
  const { code, message, retryAfter } = asDocentError(error);
  const body = { code, message, ...(retryAfter !== undefined && { retryAfter }) };
  return { status: ERROR_STATUS[code], body };
}
