import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { z } from 'zod';
import { asDocentError, DocentError, type ErrorCode } from '../../knowledge/errors.ts';
import type { apiError } from '../contract/openai-error.ts';
import { ERROR_STATUS } from '../error-status.ts';

export type ApiErrorBody = z.output<typeof apiError>;

/** A fault told in OpenAI's terms: the parameter at fault, and OpenAI's own name for what is wrong. */
export class ApiFault extends DocentError {
  readonly param: string | null;
  readonly apiCode: string;
  constructor(code: ErrorCode, message: string, api: { param?: string; code: string }) {
    super(code, message);
    this.param = api.param ?? null;
    this.apiCode = api.code;
  }
}

/** Codes that OpenAI's clients know by another name. */
const KNOWN_AS: Partial<Record<ErrorCode, string>> = {
  unauthorized: 'invalid_api_key',
  question_too_long: 'context_length_exceeded',
};

/** True for the addresses whose errors have OpenAI's shape. */
export function isApiPath(path: string): boolean {
  return path === '/v1' || path.startsWith('/v1/');
}

/** A fault as status and body in OpenAI's shape; nothing of its cause gets out. */
export function toApiError(cause: unknown): { status: ContentfulStatusCode; body: ApiErrorBody } {
  const error = asDocentError(cause);
  const status = ERROR_STATUS[error.code];
  const { param, apiCode: code } =
    error instanceof ApiFault ? error : { param: null, apiCode: KNOWN_AS[error.code] ?? error.code };
  const type = status >= 500 ? 'server_error' : status === 429 ? 'rate_limit_error' : 'invalid_request_error';
  return { status, body: { error: { message: error.message, type, param, code } } };
}
