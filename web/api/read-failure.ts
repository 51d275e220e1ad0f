import type { ErrorBody } from '../../server/events.ts';
import { texts } from '../texts.ts';
import { isErrorBody, parseJson } from './chat-events.ts';

/** Longer than this is no wait but an absence. */
const LONGEST_WAIT = 3_600;

/** The fault in a response that is none of success. One with status 429 has the code `rate_limited`, whoever sent it. */
export async function readFailure(response: Response): Promise<ErrorBody> {
  const body = parseJson(await response.text().catch(() => ''));
  if (response.status === 429) {
    const wait = secondsUntil(response.headers.get('retry-after') ?? '', Date.now());
    return {
      code: 'rate_limited',
      message: texts.errors.limited,
      ...(wait !== undefined && { retryAfter: wait }),
    };
  }
  if (isErrorBody(body)) return { code: body.code, message: body.message };
  return { code: 'internal', message: texts.errors.status(response.status) };
}

/** Seconds that a `Retry-After` header asks for, given as such or as a date; at most an hour. `now` is in ms. */
export function secondsUntil(header: string, now: number): number | undefined {
  const text = header.trim();
  const seconds = /^\d+$/.test(text) ? Number(text) : Math.ceil((Date.parse(text) - now) / 1000);
  return Number.isNaN(seconds) ? undefined : Math.min(LONGEST_WAIT, Math.max(0, seconds));
}
