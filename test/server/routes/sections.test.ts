import { Hono } from 'hono';
import { expect, test } from 'vitest';
import { toErrorBody } from '../../../server/error-status.ts';
import { sectionsRoute } from '../../../server/routes/sections.ts';
import { documentFrom } from '../../browser/corpus.ts';
import { documentOf, fakeStore } from '../fake-store.ts';

const rmm = documentOf('guides/rmm tools.md', 'RMM', 'An RMM watches devices.');
const store = fakeStore([rmm, documentOf('psa.md', 'PSA', 'A PSA bills time.')]);
const route = new Hono().route('/', sectionsRoute({ store })).onError((error, context) => {
  const { status, body } = toErrorBody(error);
  return context.json(body, status);
});

async function stateOf(query: Readonly<Record<string, string>>) {
  const response = await route.request(`/?${new URLSearchParams(query)}`);
  return response.json();
}

const hash = 'hash of guides/rmm tools.md';
const now = { headings: ['RMM'], text: rmm.source, start: 0, changedAt: rmm.changedAt, version: 7 };

test('a section with the text that was cited is the same', async () => {
  const path = 'guides/rmm tools.md';
  expect(await stateOf({ path, anchor: 'rmm', hash })).toEqual({
    status: 'same',
    path,
    anchor: 'rmm',
    ...now,
  });
});

test('a section that reads otherwise has changed, and comes with its present text', async () => {
  const path = 'guides/rmm tools.md';
  expect(await stateOf({ path, anchor: 'rmm', hash: 'other' })).toEqual({
    status: 'changed',
    path,
    anchor: 'rmm',
    ...now,
  });
});

test('a section whose very text stands elsewhere has moved', async () => {
  expect(await stateOf({ path: 'old.md', anchor: 'rmm', hash })).toEqual({
    status: 'moved',
    path: 'guides/rmm tools.md',
    anchor: 'rmm',
    ...now,
  });
});

test('a section pushed to another anchor by one of the same name before it has moved', async () => {
  const source = '# A\n\n## Usage\n\nNew.\n\n## Usage\n\nOld.\n';
  const sections = new Hono().route('/', sectionsRoute({ store: fakeStore([documentFrom('a.md', source)]) }));
  const cited = documentFrom('a.md', source.replace('## Usage\n\nNew.\n\n', '')).sections.at(-1);
  const query = new URLSearchParams({ path: 'a.md', anchor: 'usage', hash: cited?.hash ?? '' });
  const state: unknown = await (await sections.request(`/?${query}`)).json();
  expect(cited?.anchor).toBe('usage');
  expect(state).toMatchObject({ status: 'moved', anchor: 'usage-1', text: '## Usage\n\nOld.\n', start: 21 });
});

test('a section of which nothing is left is gone', async () => {
  const gone = { path: 'guides/rmm tools.md', anchor: 'alerts' };
  expect(await stateOf({ ...gone, hash: 'other' })).toEqual({ status: 'gone', ...gone, version: 7 });
});

test.each([{ path: 'psa.md' }, { hash }, { path: '../psa.md', hash }])(
  '%j names no section',
  async (query) => {
    expect(await stateOf(query)).toMatchObject({ code: 'bad_request' });
  },
);
