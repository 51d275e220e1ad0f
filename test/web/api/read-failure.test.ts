import { describe, expect, it } from 'vitest';
import { readFailure, secondsUntil } from '../../../web/api/read-failure.ts';
import { kindOf } from '../../../web/chat/failure.tsx';
import { texts } from '../../../web/texts.ts';

describe('what a failed response says', () => {
  it('is the server’s own word where it gave one', async () => {
    const body = { code: 'store_missing', message: 'There is no index.' };
    expect(await readFailure(Response.json(body, { status: 503 }))).toEqual(body);
  });

  it('is a plain one for a proxy’s page', async () => {
    expect(await readFailure(new Response('<h1>Bad gateway</h1>', { status: 502 }))).toEqual({
      code: 'internal',
      message: texts.errors.status(502),
    });
  });

  it('tells how long to wait after too many requests', async () => {
    const response = new Response('', { status: 429, headers: { 'retry-after': '30' } });
    expect(await readFailure(response)).toMatchObject({ code: 'rate_limited', retryAfter: 30 });
    expect(await readFailure(new Response('', { status: 429 }))).not.toHaveProperty('retryAfter');
  });

  it('reads seconds and dates, never less than none or more than an hour', () => {
    const now = Date.parse('2026-01-01T00:00:00Z');
    expect(secondsUntil('12', now)).toBe(12);
    expect(secondsUntil('Thu, 01 Jan 2026 00:00:09 GMT', now)).toBe(9);
    expect(secondsUntil('Wed, 31 Dec 2025 00:00:00 GMT', now)).toBe(0);
    expect(secondsUntil('999999', now)).toBe(3_600);
    expect(secondsUntil('soon', now)).toBeUndefined();
    expect(secondsUntil('', now)).toBeUndefined();
  });
});

it('each code is one kind of trouble', () => {
  const codes = [
    'unreachable',
    'stream_cut',
    'rate_limited',
    'store_locked',
    'docs_missing',
    'model_refused',
  ];
  expect(codes.map(kindOf)).toEqual(['away', 'cut', 'limited', 'index', 'index', 'other']);
});
