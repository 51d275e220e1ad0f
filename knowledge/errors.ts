/** Every fault that a user can meet, by name. The server's table maps each to an HTTP status. */
export type ErrorCode =
  | 'bad_config'
  | 'docs_missing'
  | 'docs_empty'
  | 'file_not_utf8'
  | 'file_unreadable'
  | 'store_missing'
  | 'store_mismatch'
  | 'store_damaged'
  | 'store_locked'
  | 'store_unwritable'
  | 'embedding_failed'
  | 'model_unreachable'
  | 'model_refused'
  | 'model_spent'
  | 'bad_request'
  | 'unauthorized'
  | 'forbidden'
  | 'question_empty'
  | 'question_too_long'
  | 'not_found'
  | 'method_not_allowed'
  | 'rate_limited'
  | 'timed_out'
  | 'port_in_use'
  | 'internal';

/** An error whose message is safe and useful to show: it names the thing and the remedy. */
export class DocentError extends Error {
  readonly code: ErrorCode;
  /** Seconds after which to try again, where that is known. */
  readonly retryAfter: number | undefined;
  constructor(code: ErrorCode, message: string, options: { cause?: unknown; retryAfter?: number } = {}) {
    super(message, 'cause' in options ? { cause: options.cause } : {});
    this.name = 'DocentError';
    this.code = code;
    this.retryAfter = options.retryAfter;
  }
}

/** The error itself when it is a `DocentError`, else an `internal` one that tells nothing private. */
export function asDocentError(error: unknown): DocentError {
  if (error instanceof DocentError) return error;
  return new DocentError('internal', 'Something went wrong inside Docent. The server log has the details.', {
    cause: error,
  });
}
