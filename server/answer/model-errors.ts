import { DocentError } from '../../knowledge/errors.ts';

export type Endpoint = { readonly model: string; readonly host: string };

/**
 * What an endpoint's failure means for whoever runs Docent. The endpoint's own words may hold the key or
 * the prompt, so only its status is told.
 */
export function modelError(error: unknown, { model, host }: Endpoint): DocentError {
  const status = statusOf(error);
  if (status === undefined) {
    return new DocentError(
      'model_unreachable',
      isTimeout(error)
        ? `The language model at ${host} did not answer in time. Check that it is running and not overloaded.`
        : `The language model at ${host} can't be reached (${causeOf(error)}). Check OPENAI_BASE_URL and that it is running.`,
    );
  }
  if (status >= 500) {
    return new DocentError(
      'model_unreachable',
      `The language model at ${host} failed (HTTP ${status}). Try again later, or check its log.`,
    );
  }
  return new DocentError('model_refused', `${refusal(status, model, host, error)} (HTTP ${status}).`);
}

/** A fault of the model or its endpoint, rather than of the docs or of Docent. */
export function isModelFault(error: unknown): error is DocentError {
  return error instanceof DocentError && /^model_/.test(error.code);
}

function refusal(status: number, model: string, host: string, error: unknown): string {
  if (status === 401 || status === 403) {
    return `The language model at ${host} refused the key: check OPENAI_API_KEY and that it may use "${model}"`;
  }
  if (status === 404) return `There is no model "${model}" at ${host}: check CHAT_MODEL and OPENAI_BASE_URL`;
  if (status === 413 || isContextOverflow(error)) {
    return `The question and its passages are too long for "${model}" at ${host}: set CHAT_CONTEXT_TOKENS to what it takes`;
  }
  if (status === 429) {
    return `The language model at ${host} takes no more requests just now: wait a little, or check its quota`;
  }
  return `The language model at ${host} refused the request for "${model}": check CHAT_MODEL`;
}

/** HTTP status of a failed request, undefined when there was no answer at all. */
export function statusOf(error: unknown): number | undefined {
  const status = property(error, 'status') ?? property(property(error, 'cause'), 'status');
  if (typeof status === 'number') return status;
  return isContextOverflow(error) ? 400 : undefined;
}

function isContextOverflow(error: unknown): boolean {
  const text = `${property(error, 'name')} ${property(error, 'code')} ${property(error, 'message')}`;
  return /ContextOverflow|context_length|exceed_context|context size|context length/i.test(text);
}

function isTimeout(error: unknown): boolean {
  return /timeout|timed out/i.test(`${property(error, 'name')} ${property(error, 'message')}`);
}

/** The system's name of a network failure, e.g. ECONNREFUSED; never a free text of the endpoint. */
function causeOf(error: unknown): string {
  for (let at: unknown = error; at !== undefined; at = property(at, 'cause')) {
    const code = property(at, 'code');
    if (typeof code === 'string' && /^[A-Z][A-Z0-9_]+$/.test(code)) return code;
  }
  return 'no connection';
}

function property(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}
