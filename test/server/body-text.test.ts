import { expect, test } from 'vitest';
import { makeApp } from '../../server/app.ts';
import { bodyText } from '../../server/body-text.ts';
import { appDeps } from './app-deps.ts';

const GARBLED = Buffer.concat([
  Buffer.from('{"messages":[{"role":"user","content":"'),
  Buffer.from([0xc3, 0x28]),
  Buffer.from('"}]}'),
]);

test('UTF-8 is read as it was written', async () => {
  expect(await bodyText(new Request('http://x', { method: 'POST', body: 'Größe 🧭' }))).toBe('Größe 🧭');
});

test.each(['/api/chat', '/v1/chat/completions', '/v1/embeddings'])(
  'what is no UTF-8 is refused by %s, not read as something else',
  async (path) => {
    const response = await makeApp(appDeps()).request(path, { method: 'POST', body: GARBLED });
    expect(response.status).toBe(400);
    expect(await response.text()).toContain('UTF-8');
  },
);
