import { Hono } from 'hono';
import { beforeEach, describe, expect, it } from 'vitest';
import { toErrorBody } from '../../../server/error-status.ts';
import type { Feedback, GapList } from '../../../server/events.ts';
import type { Gaps } from '../../../server/gaps/gaps.ts';
import { feedbackRoute } from '../../../server/routes/feedback.ts';
import { gapsRoute } from '../../../server/routes/gaps.ts';

const list: GapList = {
  groups: [
    {
      question: '=1+1?',
      alike: [],
      unanswered: 1,
      ratedDown: 0,
      why: [],
      score: 0.1,
      lastAsked: '2026-01-01T00:00:00.000Z',
    },
  ],
  rated: { up: 2, down: 1 },
  retentionDays: 90,
};
let rated: Feedback[];
let gaps: Gaps;

beforeEach(() => {
  rated = [];
  gaps = { list: () => Promise.resolve(list), rate: async (feedback) => void rated.push(feedback) };
});

function appOf(kept: Gaps | undefined): Hono {
  const app = new Hono()
    .route('/api/feedback', feedbackRoute({ gaps: kept }))
    .route('/', gapsRoute({ gaps: kept }));
  app.onError((error, context) => {
    const { status, body } = toErrorBody(error);
    return context.json(body, status);
  });
  return app;
}

async function send(body: unknown): Promise<[number, unknown]> {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const response = await appOf(gaps).request('/api/feedback', { method: 'POST', body: text });
  const answer = await response.text();
  return [response.status, answer === '' ? '' : JSON.parse(answer).code];
}

describe('POST /api/feedback', () => {
  it('takes a rating, and keeps nothing but its fields', async () => {
    const rating = { question: 'What is an RMM?', rating: 'down', why: 'Too short.', sources: [] };
    expect(await send({ ...rating, user: 'ada' })).toEqual([204, '']);
    expect(rated).toEqual([rating]);
  });

  it('refuses what is no rating, and what is too long', async () => {
    for (const body of [
      'no json',
      { rating: 'up' },
      { question: '  ', rating: 'up' },
      { question: 'What?', rating: 'sideways' },
      { question: 'What?', rating: 'down', why: 'x'.repeat(1_001) },
      { question: 'x'.repeat(4_001), rating: 'up' },
      { question: 'What?', rating: 'up', sources: new Array(21).fill({ path: 'a', anchor: '' }) },
    ]) {
      expect(await send(body)).toEqual([400, 'bad_request']);
    }
    expect(await send({ question: 'x'.repeat(40_000), rating: 'up' })).toEqual([413, 'question_too_long']);
    expect(rated).toEqual([]);
  });
});

describe('GET /api/gaps', () => {
  it('lists, as JSON and as a CSV to download', async () => {
    expect(await (await appOf(gaps).request('/api/gaps')).json()).toEqual(list);
    const csv = await appOf(gaps).request('/api/gaps.csv');
    expect(csv.headers.get('content-type')).toContain('text/csv');
    expect(csv.headers.get('content-disposition')).toBe('attachment; filename="open-questions.csv"');
    expect(await csv.text()).toContain("\r\n'=1+1?,");
  });

  it('is not found where gaps aren’t kept', async () => {
    const app = appOf(undefined);
    const paths = ['/api/gaps', '/api/gaps.csv'];
    const statuses = await Promise.all(paths.map(async (path) => (await app.request(path)).status));
    const body = JSON.stringify({ question: 'What?', rating: 'up' });
    const refused = await app.request('/api/feedback', { method: 'POST', body });
    expect([...statuses, refused.status]).toEqual([404, 404, 404]);
  });
});
