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
    const counted = [
      '/',
      '/gaps',
      '/status',
      '/openapi.json',
      '/metrics',
      '/mcp',
      '/api/docs',
      '/docs/psa.md',
    ];
    for (const path of [...counted, '/api/none', '/none'])
      expect([path, (await app.request(path)).status]).toEqual([path, 429]);
    for (const path of ['/healthz', '/readyz']) expect((await app.request(path)).status).toBe(200);
    for (const path of ['/assets/main.js', '/favicon.svg', '/widget.js'])
      expect((await app.request(path)).status).not.toBe(429);
  });

  describe('where people sign in', () => {
    const ANN = 'right';
    const tokens = {
      askerOf: async (token: string) => (token === ANN ? { name: 'ann', audiences: [] } : undefined),
    };

    function guarded(settings: Partial<LimitSettings>, trustProxy = true) {
      const limits = makeLimits({ answersEach: 9, answers: 9, ...settings });
      return makeApp(appDeps({ limits, access: { tokens, trustProxy } }));
    }
    const from = (address: string, token?: string) => ({
      headers: {
        'x-forwarded-for': address,
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
      },
    });

    it('wrong tokens count by address, and say when to come again', async () => {
      const app = guarded({ wrongTokensPerMinute: 2 });
      const wrong = (address: string) => app.request('/api/docs', from(address, 'wrong'));
      expect([(await wrong('192.0.2.1')).status, (await wrong('192.0.2.1')).status]).toEqual([401, 401]);
      const refused = await wrong('192.0.2.1');
      expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '60']);
      expect((await wrong('192.0.2.2')).status).toBe(401);
      expect((await app.request('/api/docs', from('192.0.2.1', ANN))).status).toBe(200);
    });

    it('requests without a token count as such', async () => {
      const app = guarded({ requestsPerMinute: 1 });
      expect((await app.request('/api/docs', from('192.0.2.1'))).status).toBe(401);
      expect((await app.request('/api/docs', from('192.0.2.1'))).status).toBe(429);
    });

    it('sign-ins count by address', async () => {
      const app = guarded({ signInsPerMinute: 1 });
      const signIn = (address: string) =>
        app.request('http://docs/sign-in', {
          method: 'POST',
          body: 'token=wrong&to=/',
          headers: {
            'content-type': 'application/x-www-form-urlencoded',
            origin: 'http://docs',
            host: 'docs',
            'x-forwarded-for': address,
          },
        });
      expect((await signIn('192.0.2.1')).status).toBe(303);
      expect((await signIn('192.0.2.1')).status).toBe(429);
      expect((await signIn('192.0.2.2')).status).toBe(303);
    });

    it('an address that no trusted proxy has named is not believed', async () => {
      const app = guarded({ wrongTokensPerMinute: 1 }, false);
      expect((await app.request('/api/docs', from('192.0.2.1', 'wrong'))).status).toBe(401);
      expect((await app.request('/api/docs', from('192.0.2.2', 'wrong'))).status).toBe(429);
    });

    it('of several addresses the last counts, which the proxy has added', async () => {
      const app = guarded({ wrongTokensPerMinute: 1 });
      expect((await app.request('/api/docs', from('198.51.100.1, 192.0.2.1', 'wrong'))).status).toBe(401);
      expect((await app.request('/api/docs', from('198.51.100.2, 192.0.2.1', 'wrong'))).status).toBe(429);
    });
  });
});
