import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeAnswer } from '../../server/answer/answer.ts';
import { type App, makeApp } from '../../server/app.ts';
import type { Asker } from '../../server/asker.ts';
import { makeInfo } from '../../server/info.ts';
import { makeSearch } from '../../server/search-hits.ts';
import { type DocsStore, openDocsStore } from './answer/docs-store.ts';
import { appDeps } from './app-deps.ts';

const SECRET = 'Zanzibar';
const files = {
  'hr/severance.md': `---\naudience: hr\n---\n# Severance at ${SECRET}\n\n## What Is the ${SECRET} Package?\n\nThe ${SECRET} package pays nine months of salary.\n`,
  'canteen.md': '# Canteen\n\nThe canteen opens at eleven and serves soup.\n',
};

let docs: DocsStore;
let askers: Map<string, Asker>;
let app: App;

const as = (token: string, more: RequestInit = {}): RequestInit => ({
  ...more,
  headers: {
    authorization: `Bearer ${token}`,
    'content-type': 'application/json',
    accept: 'text/html, application/json, text/event-stream',
    host: 'localhost',
  },
});
const asking = (path: string, question: string, more: object = {}) => ({
  path,
  method: 'POST',
  body: JSON.stringify({ messages: [{ role: 'user', content: question }], ...more }),
});

const toMcp = (name: string, method: string, params: object = {}) => ({
  name: `MCP’s ${name}`,
  path: '/mcp',
  method: 'POST',
  body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }),
});
const tool = (name: string, given: object = {}) => toMcp(name, 'tools/call', { name, arguments: given });

async function textOf(token: string, { path, ...init }: { path: string } & RequestInit): Promise<string> {
  return await (await app.request(path, as(token, init))).text();
}

beforeAll(async () => {
  docs = await openDocsStore(files);
  askers = new Map<string, Asker>([
    ['hr', { name: 'hr', audiences: ['hr'] }],
    ['it', { name: 'it', audiences: ['it'] }],
    ['none', { name: 'none', audiences: [] }],
    ['owner', { name: 'owner', audiences: 'all' }],
  ]);
  const { store, embedder } = docs;
  app = makeApp(
    appDeps({
      store,
      embedder,
      answer: makeAnswer({ store, embedder }),
      search: makeSearch({ store, embedder }),
      info: makeInfo({ store, feedback: true }),
      access: { tokens: { askerOf: async (token) => askers.get(token) } },
    }),
  );
});
afterAll(() => docs.close());

const question = `What does the ${SECRET} package pay?`;
/** Each door that could tell of the document, and whether its owners get the words of it there. */
const doors = [
  asking('/api/chat', question),
  asking('/v1/chat/completions', question, { model: 'docent' }),
  { path: `/api/search?k=50&q=${encodeURIComponent(question)}` },
  { path: '/api/docs' },
  { path: '/api/docs/hr/severance.md' },
  tool('ask_docs', { question }),
  tool('search_docs', { query: question }),
  tool('read_section', { path: 'hr/severance.md' }),
  tool('list_docs'),
  toMcp('list of resources', 'resources/list'),
  toMcp('resource', 'resources/read', { uri: 'docent://docs/hr/severance.md' }),
  toMcp('completion', 'completion/complete', {
    ref: { type: 'ref/resource', uri: 'docent://docs/{+path}' },
    argument: { name: 'path', value: 'hr/' },
  }),
].map((door) => ({ name: door.path, ...door }));

describe('a document that is for some only', () => {
  it.each(doors)('is told of to its audience at $name', async (door) => {
    expect(await textOf('hr', door)).toContain('severance.md');
    expect(await textOf('owner', door)).toContain('severance.md');
  });

  it.each(doors)('is not told of to others at $name', async (door) => {
    for (const token of ['it', 'none']) {
      const text = await textOf(token, door);
      expect(text).not.toContain('nine months');
      // Whoever types a name is told that name back.
      if (!JSON.stringify(door).includes('severance')) expect(text).not.toContain('severance');
    }
  });

  it('has the status of one that doesn’t exist', async () => {
    for (const base of ['/api/docs/', '/docs/']) {
      const hidden = await app.request(`${base}hr/severance.md`, as('it'));
      const missing = await app.request(`${base}hr/no-such.md`, as('it'));
      expect(hidden.status).toBe(404);
      const [one, other] = [await hidden.text(), await missing.text()];
      expect(one.replaceAll('severance', 'no-such')).toBe(other);
    }
  });

  it('is gone for others when a saved conversation asks after it', async () => {
    const list = JSON.parse(await textOf('hr', { path: '/api/docs' }));
    const document = list.documents.find(({ path }: { path: string }) => path === 'hr/severance.md');
    const { anchor, hash } = document.sections.at(-1);
    const path = `/api/sections?path=hr/severance.md&anchor=${anchor}&hash=${hash}`;
    expect(JSON.parse(await textOf('hr', { path }))).toMatchObject({ status: 'same' });
    expect(JSON.parse(await textOf('it', { path }))).toMatchObject({ status: 'gone' });
  });

  it('is in no count and no first question of others', async () => {
    const infoOf = async (token: string) => JSON.parse(await textOf(token, { path: '/api/info' }));
    const [hr, it_, owner] = [await infoOf('hr'), await infoOf('it'), await infoOf('owner')];
    expect(owner.documents).toBe(Object.keys(docs.files).length);
    expect(hr.documents).toBe(owner.documents);
    expect(it_.documents).toBe(owner.documents - 1);
    expect(JSON.stringify(it_)).not.toContain(SECRET);
    expect([owner.gaps, hr.gaps]).toEqual([true, undefined]);
  });

  it('neither are the questions of others, but for who sees everything', async () => {
    for (const path of ['/api/gaps', '/api/gaps.csv']) {
      expect((await app.request(path, as('hr'))).status).toBe(403);
      expect((await app.request(path, as('owner'))).status).toBe(404);
    }
  });
});
