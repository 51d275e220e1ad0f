import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { sha256 } from '../../../knowledge/sha256.ts';
import type { GateDeps } from '../../../server/access/gate.ts';
import { openTokenFile } from '../../../server/access/token-file.ts';
import { type App, makeApp } from '../../../server/app.ts';
import type { Audiences } from '../../../server/asker.ts';
import { makeLog } from '../../../server/log.ts';
import { appDeps } from '../app-deps.ts';

const ANN = 'docent_ann';
const BOB = 'docent_bob';

let dir: string;
let file: string;
let logged: string[];
let seen: Audiences[];
const log = makeLog(
  (line) => logged.push(line),
  (line) => logged.push(line),
);

function appWith(access: GateDeps, allowedOrigins: readonly string[] = []): App {
  return makeApp(
    appDeps({
      answer: async function* (_request, { audiences = 'all' }) {
        seen.push(audiences);
        yield { type: 'done', mode: 'abstained', score: 0, version: 1, timings: {} };
      },
      webDir: dir,
      log,
      access,
      allowedOrigins,
    }),
  );
}

const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
const ask = { method: 'POST', body: JSON.stringify({ messages: [{ role: 'user', content: 'Leave?' }] }) };

/** The cookie that signing in sets, as a browser sends it. */
function cookieOf(response: Response): string {
  return response.headers.get('set-cookie')?.split(';')[0] ?? '';
}

function signIn(app: App, fields: Record<string, string>, headers: Record<string, string> = {}) {
  return app.request('http://docs.test/sign-in', {
    method: 'POST',
    body: new URLSearchParams(fields),
    headers: { origin: 'http://docs.test', host: 'docs.test', ...headers },
  });
}

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'docent-access-'));
  file = join(dir, 'tokens');
  await writeFile(join(dir, 'index.html'), '<!doctype html><title>Docent</title>');
  await writeFile(join(dir, 'sign-in.html'), '<!doctype html><form method="post"></form>');
});
afterAll(() => rm(dir, { recursive: true }));
beforeEach(async () => {
  logged = [];
  seen = [];
  await writeFile(file, `ann:${sha256(ANN)}:hr\nbob:${sha256(BOB)}:*\n`);
});

describe('with access tokens', () => {
  const paths = ['/api/info', '/api/docs', '/api/docs/psa.md', '/api/gaps', '/docs/psa.md', '/no/such'];

  it.each(paths)('%s is closed to who brings none, or a wrong one', async (path) => {
    const app = appWith({ tokens: await openTokenFile(file, log) });
    for (const headers of [
      {},
      bearer('docent_carl'),
      { authorization: 'Basic YTpi' },
      { cookie: 'docent=x' },
    ]) {
      const response = await app.request(path, { headers });
      expect(response.status).toBe(401);
      expect(response.headers.get('www-authenticate')).toMatch(/^Bearer/);
      expect(await response.json()).toMatchObject({ code: 'unauthorized' });
    }
  });

  it('only probes, the form and the client’s own code are open', async () => {
    const app = appWith({ tokens: await openTokenFile(file, log) });
    for (const path of ['/healthz', '/readyz', '/sign-in'])
      expect((await app.request(path)).status).toBe(200);
    for (const path of ['/healthz/../api/docs', '/assets/%2e%2e/index.html', '/index.html', '/sign-in.html'])
      expect((await app.request(path)).status).toBe(401);
  });

  it('a page of a listed origin asks with one, after a browser’s question that carries none', async () => {
    const origin = 'https://intranet.example';
    const app = appWith({ tokens: await openTokenFile(file, log) }, [origin]);
    const preflight = await app.request('/api/chat', {
      method: 'OPTIONS',
      headers: {
        origin,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'authorization,content-type',
      },
    });
    expect(preflight.status).toBe(204);
    expect(preflight.headers.get('access-control-allow-headers')).toContain('authorization');
    await (await app.request('/api/chat', { ...ask, headers: { origin, ...bearer(ANN) } })).text();
    expect(seen).toEqual([['hr']]);
    const without = await app.request('/api/info', { headers: { origin } });
    expect(without.status).toBe(401);
    expect(without.headers.get('access-control-allow-origin')).toBe(origin);
    expect((await app.request('/widget.js')).status).toBe(404);
    expect((await app.request('/assets/widget-panel.js')).status).toBe(404);
  });

  it('answers who brings one, from the documents of its audiences', async () => {
    const app = appWith({ tokens: await openTokenFile(file, log) });
    await (await app.request('/api/chat', { ...ask, headers: bearer(ANN) })).text();
    await (await app.request('/api/chat', { ...ask, headers: bearer(BOB) })).text();
    expect(seen).toEqual([['hr'], 'all']);
  });

  it('a revoked token ends at once, a new one begins, and nothing is restarted', async () => {
    const app = appWith({ tokens: await openTokenFile(file, log) });
    expect((await app.request('/api/info', { headers: bearer(ANN) })).status).toBe(200);
    await writeFile(file, `carl:${sha256('docent_carl')}\n`);
    expect((await app.request('/api/info', { headers: bearer(ANN) })).status).toBe(401);
    expect((await app.request('/api/info', { headers: bearer('docent_carl') })).status).toBe(200);
  });

  it('a file that can’t be read any more lets nobody in, and the log says so once', async () => {
    const app = appWith({ tokens: await openTokenFile(file, log) });
    await writeFile(file, 'docent_ann\n');
    for (let n = 0; n < 3; n++)
      expect((await app.request('/api/info', { headers: bearer(ANN) })).status).toBe(401);
    expect(logged).toHaveLength(1);
    expect(logged[0]).toContain('Line 1 of');
    expect(logged[0]).not.toContain(ANN);
  });

  it('a missing file keeps the server from starting', async () => {
    await expect(openTokenFile(join(dir, 'none'), log)).rejects.toMatchObject({ code: 'bad_config' });
  });
});

describe('in a browser', () => {
  const page = { accept: 'text/html' };

  it('a page leads to the form and back', async () => {
    const app = appWith({ tokens: await openTokenFile(file, log) });
    const sent = await app.request('/docs/psa.md?q=bills', { headers: page });
    expect(sent.status).toBe(303);
    expect(sent.headers.get('location')).toBe('/sign-in?to=%2Fdocs%2Fpsa.md%3Fq%3Dbills');
    const back = await signIn(app, { token: ` ${ANN} `, to: '/docs/psa.md?q=bills#time' });
    expect(back.headers.get('location')).toBe('/docs/psa.md?q=bills#time');
    expect(back.headers.get('set-cookie')).toMatch(/HttpOnly; SameSite=Lax$/);
    const opened = await app.request('/docs/psa.md', { headers: { ...page, cookie: cookieOf(back) } });
    expect(opened.status).toBe(200);
  });

  it('a wrong token leads back to the form, and sets no cookie', async () => {
    const response = await signIn(appWith({ tokens: await openTokenFile(file, log) }), {
      token: 'no',
      to: '/',
    });
    expect(response.headers.get('location')).toBe('/sign-in?failed=1&to=%2F');
    expect(response.headers.get('set-cookie')).toBeNull();
  });

  it.each(['https://evil.test/', '//evil.test/', '/\\evil.test', '/.//evil.test', 'javascript:alert(1)', ''])(
    'signing in never leads to another host: %j',
    async (to) => {
      const response = await signIn(appWith({ tokens: await openTokenFile(file, log) }), { token: ANN, to });
      expect(response.headers.get('location')).toBe('/');
    },
  );

  it('another site can neither sign somebody in nor out', async () => {
    const app = appWith({ tokens: await openTokenFile(file, log) });
    const foreign = { origin: 'https://evil.test', 'sec-fetch-site': 'cross-site' };
    expect((await signIn(app, { token: ANN, to: '/' }, foreign)).status).toBe(403);
    const headers = { ...foreign, 'content-type': 'application/x-www-form-urlencoded' };
    expect((await app.request('/sign-out', { method: 'POST', headers })).status).toBe(403);
  });

  it('behind a proxy that speaks TLS the cookie is for TLS alone', async () => {
    const app = appWith({ tokens: await openTokenFile(file, log) });
    const response = await signIn(
      app,
      { token: ANN, to: '/' },
      { origin: 'https://docs.test', 'x-forwarded-proto': 'https' },
    );
    expect(response.headers.get('set-cookie')).toContain('Secure');
  });

  it('signing out takes the cookie away', async () => {
    const app = appWith({ tokens: await openTokenFile(file, log) });
    const response = await app.request('http://docs.test/sign-out', {
      method: 'POST',
      headers: { origin: 'http://docs.test', host: 'docs.test' },
    });
    expect(response.headers.get('location')).toBe('/sign-in');
    expect(response.headers.get('set-cookie')).toMatch(/^docent=; Max-Age=0/);
  });
});

describe('open to the public', () => {
  it('anybody is answered from what is for everybody, and a token sees more', async () => {
    const anonymous = { name: 'anybody', audiences: [] };
    const app = appWith({ tokens: await openTokenFile(file, log), anonymous });
    await (await app.request('/api/chat', ask)).text();
    await (await app.request('/api/chat', { ...ask, headers: bearer(BOB) })).text();
    expect(seen).toEqual([[], 'all']);
    expect((await app.request('/api/info', { headers: bearer('docent_carl') })).status).toBe(401);
  });
});
