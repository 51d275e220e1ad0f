import { Validator } from '@seriousme/openapi-schema-validator';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { makeDocument } from '../../../server/openapi/make-document.ts';
import { faultReplies, type Operation } from '../../../server/openapi/operation.ts';
import { openApiDocument } from '../../../server/routes/openapi.ts';

const info = { title: 'Test', version: '1.0.0', description: 'A test.' };
const groups = [{ name: 'All', description: 'All of it.' }];
const kept = { 204: { description: 'Kept.' } };

function documentOf(...operations: Partial<Operation>[]) {
  return makeDocument({
    info,
    groups,
    operations: operations.map((operation, index) => ({
      id: `call${index}`,
      method: 'get',
      path: `/call/${index}`,
      group: 'All',
      summary: 'Calls.',
      replies: kept,
      ...operation,
    })),
  });
}

describe('the OpenAPI document', () => {
  test('of Docent is valid OpenAPI 3.1', async () => {
    const result = await new Validator().validate(structuredClone({ ...openApiDocument() }));
    expect(result).toEqual({ valid: true });
  });

  test('has schemas with an id as components, wherever they stand', () => {
    const stone = z.object({ weight: z.number() }).meta({ id: 'Stone', description: 'A stone.' });
    const heap = z.object({ stones: z.array(stone) });
    const { paths, components } = documentOf({
      replies: { 200: { description: 'Stones.', bodies: { 'application/json': heap } } },
    });
    expect(components.schemas).toMatchObject({
      Stone: {
        description: 'A stone.',
        properties: { weight: { type: 'number' } },
        additionalProperties: false,
      },
    });
    expect(paths['/call/0']?.get?.responses).toMatchObject({
      200: {
        content: {
          'application/json': {
            schema: { properties: { stones: { items: { $ref: '#/components/schemas/Stone' } } } },
          },
        },
      },
    });
  });

  test('takes what a request may leave out from its input', () => {
    const query = z.object({ k: z.coerce.number().int().max(5).default(3).describe('How many.') });
    expect(documentOf({ query }).paths['/call/0']?.get?.parameters).toEqual([
      {
        name: 'k',
        in: 'query',
        required: false,
        description: 'How many.',
        schema: { type: 'integer', maximum: 5, default: 3 },
      },
    ]);
  });

  test('tells each event of a stream with the schema of its data', () => {
    const events = { tick: z.object({ at: z.number() }), tock: z.object({}) };
    const { paths } = documentOf({ replies: { 200: { description: 'Time.', events } } });
    expect(paths['/call/0']?.get?.responses).toMatchObject({
      200: {
        content: {
          'text/event-stream': {
            schema: { type: 'string' },
            'x-itemSchema': {
              oneOf: [
                {
                  properties: {
                    event: { const: 'tick' },
                    data: { contentSchema: { properties: { at: { type: 'number' } } } },
                  },
                },
                { properties: { event: { const: 'tock' } } },
              ],
            },
          },
        },
      },
    });
  });

  test('tells faults under the status that each has everywhere', () => {
    expect(faultReplies('bad_request', 'question_empty', 'not_found')).toMatchObject({
      400: { description: '`bad_request`, `question_empty`' },
      404: { description: '`not_found`' },
    });
  });

  test('tells of the gate wherever it stands', () => {
    const { paths } = documentOf({}, { open: true });
    expect(Object.keys(Object(paths['/call/0']?.get?.responses))).toEqual([
      '204',
      '401',
      '403',
      '429',
      '500',
    ]);
    expect(paths['/call/1']?.get).toMatchObject({ security: [], responses: kept });
  });

  test('isn’t made where two schemas have the same name', () => {
    const one = z.object({ a: z.number() }).meta({ id: 'Same' });
    const other = z.object({ b: z.number() }).meta({ id: 'Same' });
    expect(() =>
      documentOf({
        method: 'post',
        body: one,
        replies: { 200: { description: '', bodies: { 'application/json': other } } },
      }),
    ).toThrow('Same');
  });
});
