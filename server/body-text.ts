import { DocentError } from '../knowledge/errors.ts';

/** A request's body as text. Throws `bad_request` when it isn't UTF-8, rather than answer a garbled question. */
export async function bodyText(request: { arrayBuffer(): Promise<ArrayBuffer> }): Promise<string> {
  const bytes = await request.arrayBuffer();
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new DocentError('bad_request', 'The body is not UTF-8. Send JSON encoded in UTF-8.', { cause });
  }
}
