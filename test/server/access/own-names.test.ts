import { describe, expect, it } from 'vitest';
import { makeApp } from '../../../server/app.ts';
import { appDeps } from '../app-deps.ts';

const statusOf = async (deps: Parameters<typeof appDeps>[0], url: string): Promise<number> =>
  (await makeApp(appDeps(deps)).request(url)).status;

describe('names that are answered where nobody is asked who they are', () => {
  const host = '127.0.0.1';

  it.each(['localhost', '127.0.0.1', '[::1]', '192.168.1.5', 'docent.localhost'])(
    '%s is one',
    async (name) => {
      expect(await statusOf({ host }, `http://${name}:3000/api/docs`)).toBe(200);
    },
  );

  it.each(['evil.test', '127.0.0.1.evil.test', 'localhost.evil.test', 'localhostx'])(
    '%s is none, whatever it resolves to',
    async (name) => {
      expect(await statusOf({ host }, `http://${name}:3000/api/docs`)).toBe(403);
    },
  );

  it('a proxy’s name is one when it is set', async () => {
    const publicUrl = 'https://docs.example';
    expect(await statusOf({ host, publicUrl }, 'http://docs.example/api/docs')).toBe(200);
    expect(await statusOf({ host, publicUrl }, 'http://other.example/api/docs')).toBe(403);
  });

  it('any is, where who asks has to have a token, or anybody may', async () => {
    const tokens = { askerOf: async () => ({ name: 'ann', audiences: 'all' as const }) };
    const app = makeApp(appDeps({ host, access: { tokens } }));
    const headers = { authorization: 'Bearer x' };
    expect((await app.request('http://docs.example/api/docs', { headers })).status).toBe(200);
    expect(await statusOf({ host: '0.0.0.0' }, 'http://docs.example/api/docs')).toBe(200);
  });
});
