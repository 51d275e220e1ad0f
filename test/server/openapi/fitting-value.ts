import fc from 'fast-check';
import { inside, isJson, type Json } from './documented.ts';
import { hostileText, hostileValue } from './hostile.ts';

const ordinaryText = fc.constantFrom(
  'What is an RMM?',
  'agents',
  'psa.md',
  'tickets',
  'x',
  'How much does it cost?',
);

/**
 * Values that fit a JSON schema, or nearly: now and then a part of one is something else, is missing, or has
 * company that the schema doesn’t name.
 */
export function fittingValue(schema: Json, components: Json, depth = 0): fc.Arbitrary<unknown> {
  const fitting = exactly(schema, components, depth);
  return fc.oneof({ weight: 12, arbitrary: fitting }, { weight: 1, arbitrary: hostileValue });
}

function exactly(schema: Json, components: Json, depth: number): fc.Arbitrary<unknown> {
  const inner = (other: unknown) => fittingValue(isJson(other) ? other : {}, components, depth + 1);
  if (typeof schema.$ref === 'string') return inner(inside(components, schema.$ref.split('/').at(-1) ?? ''));
  if ('const' in schema) return fc.constant(schema.const);
  if (Array.isArray(schema.enum)) return fc.constantFrom(...schema.enum);
  if (Array.isArray(schema.examples)) return fc.oneof(fc.constantFrom(...schema.examples), ordinaryText);
  for (const choice of [schema.oneOf, schema.anyOf]) {
    if (Array.isArray(choice)) return fc.oneof(...choice.map(inner));
  }
  if (Array.isArray(schema.allOf)) return inner(schema.allOf[0]);
  const [type] = Array.isArray(schema.type) ? schema.type : [schema.type];
  switch (type) {
    case 'string':
      return fc.oneof({ weight: 3, arbitrary: ordinaryText }, { weight: 1, arbitrary: hostileText });
    case 'integer':
      return fc.oneof(
        fc.integer({ min: numberIn(schema.minimum, -2), max: numberIn(schema.maximum, 300) }),
        fc.integer(),
      );
    case 'number':
      return fc.double();
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    case 'array':
      return fc.array(inner(schema.items), {
        minLength: numberIn(schema.minItems, 0),
        maxLength: depth > 5 ? 1 : 3,
      });
    case 'object':
      return anObject(schema, inner);
    default:
      return hostileValue;
  }
}

function anObject(schema: Json, inner: (schema: unknown) => fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  const properties = Object.entries(inside(schema, 'properties'));
  const required: readonly unknown[] = Array.isArray(schema.required) ? schema.required : [];
  const fields = Object.fromEntries(
    properties.map(([name, property]) => [
      name,
      required.includes(name)
        ? fc.option(inner(property), { nil: undefined, freq: 20 })
        : fc.option(inner(property), { nil: undefined, freq: 1 }),
    ]),
  );
  const company = fc.option(fc.dictionary(hostileText, hostileValue, { maxKeys: 1 }), { nil: {}, freq: 1 });
  return fc
    .tuple(fc.record(fields), fc.boolean(), company)
    .map(([object, alone, more]) => (alone ? object : { ...more, ...object }));
}

function numberIn(value: unknown, otherwise: number): number {
  return typeof value === 'number' ? value : otherwise;
}
