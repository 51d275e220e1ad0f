import { expect, test } from 'vitest';
import { makeApp } from '../../../server/app.ts';
import { methodsAt } from '../../../server/openapi/methods-at.ts';
import { appDeps } from '../app-deps.ts';

test.each([
  ['/api/chat', ['POST']],
  ['/api/docs', ['GET', 'HEAD']],
  ['/api/docs/guides/rmm.md', ['GET', 'HEAD']],
  ['/api/gaps.csv', ['GET', 'HEAD']],
  ['/api/gapsxcsv', []],
  ['/api/none', []],
])('%s takes %j', (path, methods) => {
  expect(methodsAt(path)).toEqual(methods);
});

test.each([
  ['GET', '/api/chat', 'POST'],
  ['DELETE', '/api/docs/psa.md', 'GET, HEAD'],
  ['POST', '/api/search', 'GET, HEAD'],
])('%s %s is told which method to use', async (method, path, allow) => {
  const response = await makeApp(appDeps()).request(path, { method });
  expect(response.status).toBe(405);
  expect(response.headers.get('allow')).toBe(allow);
  expect(await response.json()).toMatchObject({ code: 'method_not_allowed' });
});

test('an address without a route is nowhere, by any method', async () => {
  for (const method of ['GET', 'POST']) {
    expect((await makeApp(appDeps()).request('/api/none', { method })).status).toBe(404);
  }
});
