import type { DocentError } from '../knowledge/errors.ts';
import type { AnswerMode } from './events.ts';

/** An HTTP request whose response has begun. */
export type RequestEntry = {
  readonly id: string | undefined;
  readonly method: string;
  /** Without its query, which may hold a question. */
  readonly path: string;
  readonly status: number;
  readonly ms: number;
  /** Name of the access token, or an address; absent where the gate let nobody in. */
  readonly asker?: string;
};

/** An answer that has ended. */
export type AnswerEntry = {
  /** Of the request that asked. */
  readonly id?: string;
  readonly mode?: AnswerMode | 'failed' | 'aborted';
  readonly code?: string;
  readonly score?: number;
  readonly version?: number;
  /** Milliseconds by stage. */
  readonly timings?: Readonly<Record<string, number>>;
  readonly ms: number;
  readonly asker?: string;
  /** Only where the settings ask for it. */
  readonly question?: string;
};

/** What the server tells its operator. */
export type Log = {
  info(message: string): void;
  warn(message: string): void;
  /** A fault with its cause, which readers don't see; `id` is the request's. */
  error(error: DocentError, id?: string): void;
  request(entry: RequestEntry): void;
  answer(entry: AnswerEntry): void;
};

/**
 * A log of plain lines: information to `out`, the rest to `err`, nothing of requests and answers that go well.
 * Values of `secrets` never appear in it. Only an `internal` fault brings its stack along, since its message says nothing.
 */
export function makeLog(
  out: (line: string) => void,
  err: (line: string) => void,
  secrets: readonly string[] = [],
): Log {
  const clean = cleaner(secrets);
  return {
    info: (message) => out(clean(message)),
    warn: (message) => err(clean(`warning: ${message}`)),
    error(error, id) {
      const stack = stackOf(error);
      const request = id === undefined || stack === undefined ? '' : ` in request ${id}`;
      err(
        clean(`error: ${error.message} (${error.code}${request})${stack === undefined ? '' : `\n${stack}`}`),
      );
    },
    request: () => {},
    answer: () => {},
  };
}

/** Where an `internal` fault came from; its message says nothing. */
export function stackOf(error: DocentError): string | undefined {
  if (error.code !== 'internal' || error.cause === undefined) return undefined;
  return String(error.cause instanceof Error ? error.cause.stack : error.cause);
}

/** Strikes secrets out. */
export function cleaner(secrets: readonly string[]): (text: string) => string {
  return (text) =>
    secrets.reduce((cleaned, secret) => (secret === '' ? cleaned : cleaned.replaceAll(secret, '***')), text);
}
