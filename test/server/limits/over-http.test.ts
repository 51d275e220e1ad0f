import { describe, expect, it } from 'vitest';
import type { Embedder } from '../../../knowledge/embedder.ts';
import { makeApp } from '../../../server/app.ts';
import { makeAdmitTexts } from '../../../server/limits/admit-texts.ts';
import { type LimitSettings, makeLimits } from '../../../server/limits/limits.ts';
import { appDeps } from '../app-deps.ts';

function appWith(settings: Partial<LimitSettings>) {
  return makeApp(appDeps({ limits: makeLimits({ answersEach: 9, answers: 9, ...settings }) }));
}

const ask = { method: 'POST', body: JSON.stringify({ messages: [{ role: 'user', content: 'Leave?' }] }) };

describe('limits over HTTP', () => {
  it('one question too many gets 429, with the seconds to wait, before a stream begins', async () => {
    const app = appWith({ questionsPerMinute: 1 });
    expect((await app.request('/api/chat', ask)).status).toBe(200);
    const refused = await app.request('/api/chat', ask);
    expect(refused.status).toBe(429);
    expect(refused.headers.get('retry-after')).toBe('60');
    expect(await refused.json()).toMatchObject({ code: 'rate_limited', retryAfter: 60 });
    expect((await app.request('/api/docs')).status).toBe(200);
  });

  it('texts to embed count as questions, and their place is free again afterwards', async () => {
    const embedder: Embedder = {
      id: 'fake',
      dimensions: 1,
      embedQuery: async () => new Float32Array([1]),
      embedPassages: async () => [],
      close: async () => {},
    };
    const limits = makeLimits({ answersEach: 1, answers: 9, questionsPerMinute: 2 });
    const app = makeApp(appDeps({ embedder, limits, admitTexts: makeAdmitTexts(limits) }));
    const body = JSON.stringify({ model: 'docent-embedding', input: ['Leave?', 'Pay?'] });
    const embed = () => app.request('/v1/embeddings', { method: 'POST', body });
    const statuses = [(await embed()).status, (await embed()).status, (await embed()).status];
    expect(statuses).toEqual([200, 200, 429]);
    expect((await app.request('/api/chat', ask)).status).toBe(429);
  });

  it('all requests count but for probes and the client’s files', async () => {
    const app = appWith({ requestsPerMinute: 2 });
    for (const path of ['/api/docs', '/api/search?q=a']) expect((await app.request(path)).status).toBe(200);
    for (const path of ['/api/docs', '/docs/psa.md', '/api/none'])
      expect((await app.request(path)).status).toBe(429);
    for (const path of ['/healthz', '/readyz']) expect((await app.request(path)).status).toBe(200);
  });
});
