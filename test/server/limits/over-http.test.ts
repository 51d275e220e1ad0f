import { describe, expect, it } from 'vitest';
import { makeApp } from '../../../server/app.ts';
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

  it('all requests count but for probes and the client’s files', async () => {
    const app = appWith({ requestsPerMinute: 2 });
    for (const path of ['/api/docs', '/api/search?q=a']) expect((await app.request(path)).status).toBe(200);
    for (const path of ['/api/docs', '/docs/psa.md', '/api/none'])
      expect((await app.request(path)).status).toBe(429);
    for (const path of ['/healthz', '/readyz']) expect((await app.request(path)).status).toBe(200);
  });
});
