import { createRequire } from 'node:module';
import type * as Arrow from 'apache-arrow';
import { DocentError } from './errors.ts';

/** Arrow's CommonJS build, the one LanceDB loads: its `instanceof` checks know no other. */
export const arrow: typeof Arrow = createRequire(import.meta.url)('apache-arrow');

/** A column of a query's result; throws `DocentError` `store_damaged` when it isn't there. */
export function columnOf(table: Arrow.Table, name: string): Arrow.Vector {
  const column = table.getChild(name);
  if (!column) throw new DocentError('store_damaged', `The index has no column "${name}". ${rebuildHint}`);
  return column;
}

export function textAt(column: Arrow.Vector, row: number): string {
  const value: unknown = column.get(row);
  if (typeof value !== 'string') throw notA('text');
  return value;
}

/** Also takes 64-bit integers, which Arrow gives as bigint. */
export function numberAt(column: Arrow.Vector, row: number): number {
  const value: unknown = column.get(row);
  if (typeof value !== 'number' && typeof value !== 'bigint') throw notA('number');
  return Number(value);
}

/** A view of the batch that it came in, which lives as long as it does. */
export function bytesAt(column: Arrow.Vector, row: number): Uint8Array {
  const value: unknown = column.get(row);
  if (!(value instanceof Uint8Array)) throw notA('bytes');
  return value;
}

/** A view of the batch that it came in, which lives as long as it does. */
export function floatsAt(column: Arrow.Vector, row: number): Float32Array {
  const value: unknown = column.get(row);
  if (!(value instanceof arrow.Vector)) throw notA('vector');
  const floats: unknown = value.toArray();
  if (!(floats instanceof Float32Array)) throw notA('vector');
  return floats;
}

/** One record batch as a table; `columns` in the schema's order, all of `rows` length. */
export function tableOf(schema: Arrow.Schema, rows: number, columns: readonly Arrow.Data[]): Arrow.Table {
  const data = arrow.makeData({
    type: new arrow.Struct(schema.fields),
    length: rows,
    nullCount: 0,
    children: [...columns],
  });
  return new arrow.Table(schema, new arrow.RecordBatch(schema, data));
}

export function textColumn(values: readonly string[]): Arrow.Data {
  return onlyChunk(arrow.vectorFromArray(values, new arrow.Utf8()));
}

export function intColumn(values: readonly number[]): Arrow.Data {
  return arrow.makeData({
    type: new arrow.Int32(),
    length: values.length,
    nullCount: 0,
    data: Int32Array.from(values),
  });
}

export function bytesColumn(values: readonly Uint8Array[]): Arrow.Data {
  return onlyChunk(arrow.vectorFromArray(values, new arrow.Binary()));
}

export function floatsColumn(values: readonly Float32Array[], dimensions: number): Arrow.Data {
  const flat = new Float32Array(values.length * dimensions);
  for (const [row, value] of values.entries()) flat.set(value, row * dimensions);
  return arrow.makeData({
    type: floatsType(dimensions),
    length: values.length,
    nullCount: 0,
    child: arrow.makeData({ type: new arrow.Float32(), length: flat.length, nullCount: 0, data: flat }),
  });
}

export function floatsType(dimensions: number): Arrow.FixedSizeList<Arrow.Float32> {
  return new arrow.FixedSizeList(dimensions, new arrow.Field('item', new arrow.Float32(), true));
}

const rebuildHint = 'Rebuild it from the docs: npm run ingest -- --full';

function notA(kind: string): DocentError {
  return new DocentError('store_damaged', `The index holds something else than a ${kind}. ${rebuildHint}`);
}

function onlyChunk(vector: Arrow.Vector): Arrow.Data {
  const [data] = vector.data;
  if (!data) throw new Error('Arrow made a vector without data');
  return data;
}
