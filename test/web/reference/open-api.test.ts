import { describe, expect, it } from 'vitest';
import { curlOf, limitsOf, type Route } from '../../../web/reference/open-api.ts';

const operation = { operationId: 'x', tags: [], summary: '', parameters: [], responses: {} };

describe('the command that calls a route', () => {
  it('has an example for what is required', () => {
    const q = { name: 'q', in: 'query', required: true, schema: { examples: ['What is it?'] } };
    const k = { name: 'k', in: 'query', required: false, schema: {} };
    const route: Route = {
      method: 'GET',
      path: '/api/search',
      operation: { ...operation, parameters: [q, k] },
    };
    expect(curlOf(route, 'http://docs')).toBe("curl 'http://docs/api/search?q=What%20is%20it%3F'");
  });

  it('fills in the path, by its name where there is no example', () => {
    const path = { name: 'path', in: 'path', required: true, schema: {} };
    const route: Route = {
      method: 'GET',
      path: '/api/docs/{path}',
      operation: { ...operation, parameters: [path] },
    };
    expect(curlOf(route, 'http://docs')).toBe("curl 'http://docs/api/docs/path'");
  });

  it('sends JSON that the shell leaves alone', () => {
    const content = { 'application/json': { schema: {}, example: { a: "it's" } } };
    const route: Route = {
      method: 'POST',
      path: '/api/chat',
      operation: { ...operation, requestBody: { content } },
    };
    expect(curlOf(route, 'http://docs')).toContain(`-d '{"a":"it'\\''s"}'`);
  });
});

describe('the limits of a value', () => {
  it('are told in words', () => {
    expect(limitsOf({ minLength: 1, maxLength: 9 })).toEqual(['1 to 9 characters']);
    expect(limitsOf({ minimum: 0 })).toEqual([]);
    expect(limitsOf({ minimum: 1, maximum: 50, default: 10 })).toEqual(['1 to 50', 'default 10']);
    expect(limitsOf({ maxItems: 20 })).toEqual(['at most 20 items']);
  });
});
