import { describe, expect, it } from 'vitest';
import { DocentError } from '../../../knowledge/errors.ts';
import type { Answer } from '../../../server/answer/answer.ts';
import { makeApp } from '../../../server/app.ts';
import { makeJsonLog } from '../../../server/json-log.ts';
import { logAnswers } from '../../../server/watch/log-answers.ts';
import { makeMetrics } from '../../../server/watch/metrics.ts';
import { appDeps } from '../app-deps.ts';
import { documentOf, fakeStore } from '../fake-store.ts';

const QUESTION = 'How much does Ann earn?';
const request = { messages: [{ role: 'user', content: QUESTION }] } as const;
const timings = { search: 20, quote: 5, total: 25 };

const answer: Answer = async function* () {
  yield { type: 'delta', text: 'One.' };
  yield { type: 'done', mode: 'quoted', score: 0.7, version: 3, timings };
};
const failing: Answer = async function* () {
  yield { type: 'stage', stage: 'searching' };
  throw new DocentError('model_unreachable', 'No.');
};

async function drain(events: AsyncGenerator<unknown>): Promise<void> {
  try {
    for await (const _ of events);
  } catch {
    // What is watched here is what is told of it.
  }
}

const options = () => ({ signal: new AbortController().signal, askedBy: 'ann', requestId: 'r1' });

describe('the log as JSON', () => {
  const lines: string[] = [];
  const log = makeJsonLog((line) => lines.push(line), ['sk-secret']);
  const entries = () => lines.splice(0).map((line) => JSON.parse(line));

  it('has one object a line for each request, without what was asked, joined to its answer by an id', async () => {
    const app = makeApp(appDeps({ log, answer: logAnswers(answer, log, { questions: false }) }));
    const response = await app.request(`/api/search?q=${encodeURIComponent(QUESTION)}`);
    const id = response.headers.get('x-request-id');
    await (await app.request('/api/chat', { method: 'POST', body: JSON.stringify(request) })).text();
    const text = lines.join('\n');
    const [searched, chat, answered] = entries();
    expect(searched.request).toMatchObject({ id, method: 'GET', path: '/api/search', status: 200 });
    expect(answered.answer).toMatchObject({ id: chat.request.id, mode: 'quoted', score: 0.7, version: 3 });
    expect(text).not.toContain('Ann');
  });

  it('holds questions where the operator wants them', async () => {
    await drain(logAnswers(answer, log, { questions: true })(request, options()));
    await drain(logAnswers(failing, log, { questions: true })(request, options()));
    const [quoted, failed] = entries();
    expect(quoted.answer).toMatchObject({ question: QUESTION, asker: 'ann', id: 'r1' });
    expect(failed.answer).toMatchObject({ mode: 'failed', code: 'model_unreachable' });
  });

  it('never holds a secret', () => {
    log.error(new DocentError('internal', 'It broke.', { cause: new Error('key sk-secret refused') }), 'r2');
    expect(lines.join('')).not.toContain('sk-secret');
    expect(entries()[0]).toMatchObject({ level: 'error', code: 'internal', id: 'r2', msg: 'It broke.' });
  });
});

describe('metrics', () => {
  it('count answers by mode, stages, scores, embeddings, requests and the index', async () => {
    const store = fakeStore([documentOf('psa.md', 'PSA', 'A PSA bills time.')]);
    const { version, createdAt } = await store.current();
    const now = () => Date.parse(createdAt) + 90_000;
    const metrics = makeMetrics({ running: () => 2, tokens: () => 77, store, now });
    const deps = appDeps({ metrics, store, answer: metrics.observe(answer) });
    const app = makeApp(deps);
    for (let n = 0; n < 3; n++) await drain(metrics.observe(answer)(request, options()));
    await drain(metrics.observe(failing)(request, options()));
    for await (const _ of metrics.observe(answer)(request, options())) break;
    const embedder = metrics.counting({
      id: 'fake',
      dimensions: 1,
      embedQuery: async () => new Float32Array(1),
      embedPassages: async () => [],
      close: async () => {},
    });
    await embedder.embedQuery('one');
    await embedder.embedPassages([{ context: '', sentences: ['two'] }]);
    await app.request('/api/docs/psa.md');
    await app.request('/api/docs/no-such.md');
    const response = await app.request('/metrics');
    const text = await response.text();
    expect(response.headers.get('content-type')).toContain('text/plain; version=0.0.4');
    for (const line of [
      'docent_answers_total{mode="quoted"} 3',
      'docent_answers_total{mode="failed"} 1',
      'docent_answers_total{mode="aborted"} 1',
      'docent_answer_stage_seconds_count{stage="search"} 3',
      'docent_retrieval_score_count 3',
      'docent_embeddings_total 2',
      'docent_answers_running 2',
      'docent_model_tokens 77',
      `docent_index_version ${version}`,
      'docent_index_age_seconds 90',
      'docent_http_requests_total{route="/api/docs/*",method="GET",status="404"} 1',
    ])
      expect(text).toContain(`${line}\n`);
    expect(text).toContain('nodejs_eventloop_lag_p99_seconds');
  });

  it('name no index where none can be read', async () => {
    const store = {
      current: () => Promise.reject(new DocentError('store_missing', 'None.')),
      close: async () => {},
    };
    const metrics = makeMetrics({ running: () => 0, tokens: () => 0, store });
    expect(await metrics.text()).not.toMatch(/^docent_index_version \d/m);
  });

  it('are for who sees everything, and not there where nothing is measured', async () => {
    const store = fakeStore([]);
    const metrics = makeMetrics({ running: () => 0, tokens: () => 0, store });
    const open = makeApp(appDeps({ metrics, store, access: { anonymous: { audiences: [] } } }));
    expect((await open.request('/metrics')).status).toBe(403);
    expect((await makeApp(appDeps()).request('/metrics')).status).toBe(404);
  });
});
