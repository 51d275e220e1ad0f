import { DocentError } from '../knowledge/errors.ts';

/** A request's body as text. Throws `bad_request` when it isn't UTF-8, rather than answer a garbled question. */
export async function bodyText(request: { arrayBuffer(): Promise<ArrayBuffer> }): Promise<string> {
  return utf8Of(await request.arrayBuffer(), 'The body is not UTF-8. Send JSON encoded in UTF-8.');
}

/** Bytes as text, without a byte order mark. Throws `bad_request` with this message when they aren't UTF-8. */
export function utf8Of(bytes: ArrayBuffer | Uint8Array, message: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new DocentError('bad_request', message, { cause });
  }
}
