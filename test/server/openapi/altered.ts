import fc from 'fast-check';
import { isJson } from './documented.ts';
import { hostileText, hostileValue } from './hostile.ts';

type Path = readonly (string | number)[];

/** The value as it is, or with one of its parts, however deep, put out for something else. */
export function altered(value: unknown): fc.Arbitrary<unknown> {
  const other = fc
    .tuple(fc.constantFrom(...placesIn(value)), fc.oneof(hostileText, hostileValue))
    .map(([place, part]) => replaced(value, place, part));
  return fc.oneof({ weight: 1, arbitrary: fc.constant(value) }, { weight: 4, arbitrary: other });
}

function placesIn(value: unknown, place: Path = []): Path[] {
  const parts = Array.isArray(value) ? [...value.entries()] : isJson(value) ? Object.entries(value) : [];
  return [place, ...parts.flatMap(([key, part]) => placesIn(part, [...place, key]))];
}

function replaced(value: unknown, [key, ...rest]: Path, part: unknown): unknown {
  if (key === undefined) return part;
  if (Array.isArray(value)) return value.map((each, i) => (i === key ? replaced(each, rest, part) : each));
  return isJson(value) ? { ...value, [key]: replaced(value[key], rest, part) } : value;
}
