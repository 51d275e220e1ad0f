import { DocentError } from '../knowledge/errors.ts';

/** What a terminal is told of a fault. There is no log beside it, so what a message leaves to one follows it. */
export function faultText(error: unknown): string {
  if (!(error instanceof DocentError)) return `Something went wrong inside Docent.\n${stackOf(error)}`;
  if (/cause in the log/.test(error.message)) return `${error.message}\nCause: ${stackOf(error.cause)}`;
  return error.message;
}

function stackOf(error: unknown): string {
  return error instanceof Error && error.stack ? error.stack : String(error);
}
