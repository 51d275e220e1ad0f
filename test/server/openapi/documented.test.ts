import { describe, expect, test } from 'vitest';
import { openApiDocument } from '../../../server/routes/openapi.ts';
import { documentedBy } from './documented.ts';

const documented = documentedBy(openApiDocument());

describe('the comparison', () => {
  const info = documented.operation('GET', '/api/info');
  const body = {
    name: 'Docent',
    mode: 'quoted',
    suggestions: [],
    documents: 1,
    version: 1,
    ingestedAt: '2026-01-05T08:00:00.000Z',
  };
  const json = (body: unknown, status = 200) =>
    new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } });

  test('objects to what isn’t documented', async () => {
    expect(await documented.objections(info, json(body))).toEqual([]);
    expect(await documented.objections(info, json({ ...body, extra: 1 }))).toEqual([
      expect.stringContaining('extra'),
    ]);
    expect(await documented.objections(info, json({ ...body, version: '1' }))).toEqual([
      expect.stringContaining('/version'),
    ]);
    expect(await documented.objections(info, json(body, 418))).toEqual([expect.stringContaining('418')]);
    expect(await documented.objections(info, json({ code: 'not_found', message: 'x' }, 503))).toEqual([
      expect.stringContaining('not_found'),
    ]);
    expect(await documented.objections(info, new Response('x'))).toEqual([
      expect.stringContaining('text/plain'),
    ]);
  });
});
