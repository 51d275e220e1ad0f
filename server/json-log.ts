import pino, { type DestinationStream } from 'pino';
import { cleaner, type Log, stackOf } from './log.ts';

/** `makeLog`'s log as one JSON object a line, with each request and each answer. */
export function makeJsonLog(out: (line: string) => void, secrets: readonly string[] = []): Log {
  const clean = cleaner(secrets);
  const stream: DestinationStream = { write: (line) => out(clean(line.trimEnd())) };
  const logger = pino(
    { base: null, timestamp: pino.stdTimeFunctions.isoTime, formatters: { level: (level) => ({ level }) } },
    stream,
  );
  return {
    info: (message) => logger.info(message),
    warn: (message) => logger.warn(message),
    error: (error, id) => logger.error({ code: error.code, id, stack: stackOf(error) }, error.message),
    request: (entry) => logger.info({ request: entry }, 'request'),
    answer: (entry) => logger.info({ answer: entry }, 'answer'),
  };
}
