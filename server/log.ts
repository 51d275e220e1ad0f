import type { DocentError } from '../knowledge/errors.ts';

/** What the server tells its operator. */
export type Log = {
  info(message: string): void;
  warn(message: string): void;
  /** A fault with its cause, which readers don't see. */
  error(error: DocentError): void;
};

/**
 * A log of plain lines: information to `out`, the rest to `err`. Values of `secrets` never appear in it.
 * Only an `internal` fault brings its stack along, since its message says nothing.
 */
export function makeLog(
  out: (line: string) => void,
  err: (line: string) => void,
  secrets: readonly string[] = [],
): Log {
  const clean = (text: string): string =>
    secrets.reduce((cleaned, secret) => (secret === '' ? cleaned : cleaned.replaceAll(secret, '***')), text);
  return {
    info: (message) => out(clean(message)),
    warn: (message) => err(clean(`warning: ${message}`)),
    error(error) {
      const cause = error.cause instanceof Error ? error.cause.stack : error.cause;
      const detail = error.code === 'internal' && cause !== undefined ? `\n${String(cause)}` : '';
      err(clean(`error: ${error.message} (${error.code})${detail}`));
    },
  };
}
