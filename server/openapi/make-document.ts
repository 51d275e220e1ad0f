import { z } from 'zod';
import { faultReplies, type Operation, type Reply } from './operation.ts';

type Json = { readonly [key: string]: unknown };
/** As much of its shape as this code relies on. */
export type OpenApiDocument = Json & {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Json>>>>;
  readonly components: Json & { readonly schemas: Json };
};

export type DocumentParts = {
  readonly info: { readonly title: string; readonly version: string; readonly description: string };
  /** In the order in which they are to be read. */
  readonly groups: readonly { readonly name: string; readonly description: string }[];
  readonly operations: readonly Operation[];
};

/** The OpenAPI 3.1 document of these operations. Throws when schemas that differ have the same `id`. */
export function makeDocument({ info, groups, operations }: DocumentParts): OpenApiDocument {
  const taken = jsonSchemas(
    operations.flatMap(({ body }) => (body ? [body] : [])),
    'input',
  );
  const given = jsonSchemas(
    operations.flatMap((operation) => Object.values(repliesOf(operation)).flatMap(schemasOf)),
    'output',
  );
  const paths: Record<string, Record<string, Json>> = {};
  for (const operation of operations) {
    paths[operation.path] = {
      ...paths[operation.path],
      [operation.method]: operationObject(operation, taken.of, given.of),
    };
  }
  return {
    openapi: '3.1.1',
    info: { ...info, license: { name: 'MIT', identifier: 'MIT' } },
    servers: [{ url: '/' }],
    tags: groups,
    paths,
    components: {
      schemas: merged(taken.components, given.components),
      securitySchemes: {
        token: {
          type: 'http',
          scheme: 'bearer',
          description: 'An access token, where this Docent asks for one.',
        },
      },
    },
    security: [{ token: [] }, {}],
  };
}

/** What any route may answer besides its own: refusals at the gate, and faults that nobody foresaw. */
function repliesOf({ replies, open }: Operation): Readonly<Record<number, Reply>> {
  return { ...(open ? faultReplies('forbidden') : ANYWHERE), ...replies };
}
const ANYWHERE = faultReplies('unauthorized', 'forbidden', 'rate_limited', 'internal');

function schemasOf({ bodies = {}, events = {} }: Reply): z.ZodType[] {
  return [...Object.values(bodies), ...Object.values(events)];
}

type SchemaOf = (schema: z.ZodType) => Json;

function operationObject(operation: Operation, taken: SchemaOf, given: SchemaOf): Json {
  const { id, group, summary, description, params, query, body, example, open } = operation;
  const replies = Object.entries(repliesOf(operation)).map(([status, { description, bodies, events }]) => {
    const content = {
      ...(bodies &&
        Object.fromEntries(
          Object.entries(bodies).map(([type, schema]) => [type, { schema: given(schema) }]),
        )),
      ...(events && { 'text/event-stream': eventStream(events, given) }),
    };
    return [status, { description, ...((bodies ?? events) && { content }) }];
  });
  return {
    operationId: id,
    tags: [group],
    summary,
    ...(description && { description }),
    ...(open && { security: [] }),
    parameters: [...parametersOf('path', params), ...parametersOf('query', query)],
    ...(body && {
      requestBody: {
        required: true,
        content: { 'application/json': { schema: taken(body), ...(example !== undefined && { example }) } },
      },
    }),
    responses: Object.fromEntries(replies),
  };
}

/**
 * OpenAPI 3.1 has no words for the events of a stream; `x-itemSchema` says it as 3.2’s `itemSchema` does, with the
 * schema of each event’s JSON as `contentSchema`.
 */
function eventStream(events: Readonly<Record<string, z.ZodType>>, given: SchemaOf): Json {
  const items = Object.entries(events).map(([name, schema]) => ({
    type: 'object',
    required: ['event', 'data'],
    properties: {
      event: { const: name },
      data: { type: 'string', contentMediaType: 'application/json', contentSchema: given(schema) },
    },
  }));
  const names = Object.keys(events).map((name) => `\`${name}\``);
  return {
    schema: {
      type: 'string',
      description: `Server-sent events: ${names.join(', ')}. The data of each is one line of JSON.`,
    },
    'x-itemSchema': { oneOf: items },
  };
}

function parametersOf(place: 'path' | 'query', shape: z.ZodObject | undefined): Json[] {
  if (!shape) return [];
  const { properties = {}, required = [] } = z.toJSONSchema(shape, {
    io: 'input',
    override: withoutSafeRange,
  });
  return Object.entries(properties).map(([name, property]) => {
    const { description, ...schema } = Object(property);
    return { name, in: place, required: place === 'path' || required.includes(name), description, schema };
  });
}

/** JSON schemas of these, with the ones that have an `id` as components. */
function jsonSchemas(
  schemas: readonly z.ZodType[],
  io: 'input' | 'output',
): { of: SchemaOf; components: Json } {
  const unique = [...new Set(schemas)];
  // One call for all, so that each component is made once.
  const all = z.toJSONSchema(z.object(Object.fromEntries(unique.map((schema, index) => [index, schema]))), {
    io,
    override: withoutSafeRange,
  });
  const { properties, $defs }: { properties: Record<string, Json>; $defs?: Json } = JSON.parse(
    JSON.stringify(all).replaceAll('"$ref":"#/$defs/', '"$ref":"#/components/schemas/'),
  );
  return { of: (schema) => properties[unique.indexOf(schema)] ?? {}, components: $defs ?? {} };
}

/** The range of safe integers, which zod gives every integer, says nothing to a reader. */
function withoutSafeRange({ jsonSchema }: { jsonSchema: z.core.JSONSchema.BaseSchema }): void {
  if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
  if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
}

function merged(one: Json, other: Json): Json {
  for (const name of Object.keys(one).filter((each) => each in other)) {
    if (JSON.stringify(one[name]) !== JSON.stringify(other[name])) {
      throw new Error(`Two schemas are called ${name}: what is sent and what is answered differ.`);
    }
  }
  return { ...one, ...other };
}
