import { describe, expect, test } from 'vitest';
import { DocentError } from '../../knowledge/errors.ts';
import type { StoreReader } from '../../knowledge/snapshot.ts';
import { breakCircuit } from '../../server/answer/break-circuit.ts';
import type { ChatModel } from '../../server/answer/chat-model.ts';
import { makeApp } from '../../server/app.ts';
import { makeInfo } from '../../server/info.ts';
import { makeStatus, type StatusDeps } from '../../server/status.ts';
import { appDeps } from './app-deps.ts';
import { documentOf, fakeStore } from './fake-store.ts';

const store: StoreReader = {
  ...fakeStore([documentOf('psa.md', 'PSA', 'A PSA bills time.')]),
  lastRun: () =>
    Promise.resolve({
      endedAt: '2025-01-02T03:04:05.000Z',
      seconds: 1.5,
      version: 7,
      source: './docs',
      files: 1,
      sections: 1,
      chunks: 1,
      embedded: 1,
      unchanged: 0,
      deleted: 0,
      failed: [{ path: 'bad.md', message: 'is not UTF-8' }],
      failedFiles: 1,
      findings: [
        { path: 'psa.md', rule: 'heading-skip', severity: 'warning', count: 5 },
        { path: 'psa.md', rule: 'broken-link', severity: 'error', count: 2 },
        { path: 'rmm.md', rule: 'broken-link', severity: 'error', count: 1 },
      ],
    }),
};
const deps: StatusDeps = { store, running: () => 3, lastFault: () => undefined };

const unreachable: ChatModel = {
  name: 'small',
  contextTokens: 1024,
  // biome-ignore lint/correctness/useYield: it fails before its first word
  async *stream() {
    throw new DocentError('model_unreachable', 'gone');
  },
  complete: () => Promise.reject(new DocentError('model_unreachable', 'gone')),
};

describe('the status', () => {
  test('tells of the index, of what answers, and of the last ingest', async () => {
    let now = Date.parse('2025-01-02T04:00:00.000Z');
    const status = makeStatus({ ...deps, now: () => now });
    now += 90_000;
    const told = await status();
    expect(told).toMatchObject({
      startedAt: '2025-01-02T04:00:00.000Z',
      uptime: 90,
      index: { readable: true, version: 7, documents: 1, sections: 1, embedder: 'fake', dimensions: 2 },
      mode: 'quoted',
      running: 3,
      ingest: { seconds: 1.5, source: './docs', failed: [{ path: 'bad.md', message: 'is not UTF-8' }] },
    });
    expect(told.model).toBeUndefined();
    expect(told.ingest?.findings).toEqual([
      { rule: 'broken-link', severity: 'error', count: 3, files: 2 },
      { rule: 'heading-skip', severity: 'warning', count: 5, files: 1 },
    ]);
  });

  test('names what is wrong with an index that can’t be read', async () => {
    const missing = fakeStore([], new DocentError('store_missing', 'There is none. Make it.'));
    const { index, ingest } = await makeStatus({ ...deps, store: missing })();
    expect(index).toEqual({ readable: false, code: 'store_missing', message: 'There is none. Make it.' });
    expect(ingest).toBeUndefined();
  });

  test('says when the language model isn’t asked any more, and why an answer was last quoted', async () => {
    const chatModel = breakCircuit(unreachable, { onChange: () => {} });
    const fault = { at: '2025-01-02T03:04:05.000Z', message: 'gone' };
    const status = makeStatus({ ...deps, chatModel, lastFault: () => fault });
    expect((await status()).model).toMatchObject({ writes: 'small', checks: 'small', reachable: true });
    for (let n = 0; n < 3; n++) await chatModel.complete([]).catch(() => {});
    expect((await status()).model).toMatchObject({ reachable: false, lastFault: fault });
  });

  test('is for who may see everything, and so is its page', async () => {
    const status = makeStatus(deps);
    const some = makeApp(appDeps({ status, access: { anonymous: { audiences: ['hr'] } } }));
    expect((await some.request('/api/status')).status).toBe(403);
    const all = makeApp(appDeps({ status }));
    expect(await (await all.request('/api/status')).json()).toMatchObject({ running: 3 });
    const info = makeInfo({ store });
    expect((await info({ name: 'ann', audiences: ['hr'] })).status).toBeUndefined();
    expect((await info({ name: 'bob', audiences: 'all' })).status).toBe(true);
  });
});
