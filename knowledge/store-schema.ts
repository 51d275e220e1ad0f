import type { Schema, Table } from 'apache-arrow';
import { audienceFrom, audienceKey } from './audience.ts';
import { contextOf, type Document } from './document.ts';
import { packChunk, unpackChunk } from './pack-chunk.ts';
import type { DocumentSummary, StoredChunk } from './snapshot.ts';
import {
  arrow,
  bytesAt,
  bytesColumn,
  columnOf,
  floatsAt,
  floatsColumn,
  floatsType,
  intColumn,
  tableOf,
  textAt,
  textColumn,
} from './store-arrow.ts';

/** Changes when the tables' columns do; an index with another layout is rebuilt. */
export const layout = 3;

/** A chunk to be written. `embedHash` is equal where the vectors are. */
export type ChunkRow = Omit<StoredChunk, 'terms'> & { readonly embedHash: string };

/** A document to be written; `chunks` counts its chunks. */
export type DocumentRow = Document & { readonly id: string; readonly chunks: number };

const text = (name: string) => new arrow.Field(name, new arrow.Utf8(), false);
const int = (name: string) => new arrow.Field(name, new arrow.Int32(), false);
const binary = (name: string) => new arrow.Field(name, new arrow.Binary(), false);

/**
 * `row` is all of the chunk but its vector (`pack-chunk.ts`): each column of each row that a search brings is
 * a read of its own. The columns before it are for filters; `search` is what the full-text index reads.
 */
export function chunkSchema(dimensions: number): Schema {
  return new arrow.Schema([
    text('id'),
    text('path'),
    int('section'),
    text('audience'),
    text('embedHash'),
    text('search'),
    binary('row'),
    new arrow.Field('vector', floatsType(dimensions), false),
  ]);
}

/** What full-text search and document frequencies read of a chunk: its context line, then its plain text. */
export function searchText(chunk: Pick<StoredChunk, 'title' | 'headings' | 'sentences'>): string {
  return `${contextOf(chunk)}\n${chunk.sentences.map((sentence) => sentence.text).join('\n')}`;
}

export function chunksToArrow(
  rows: readonly (StoredChunk & { readonly embedHash: string })[],
  dimensions: number,
): Table {
  return tableOf(chunkSchema(dimensions), rows.length, [
    textColumn(rows.map((row) => row.id)),
    textColumn(rows.map((row) => row.path)),
    intColumn(rows.map((row) => row.section)),
    textColumn(rows.map((row) => audienceKey(row.audience))),
    textColumn(rows.map((row) => row.embedHash)),
    textColumn(rows.map(searchText)),
    bytesColumn(rows.map(packChunk)),
    floatsColumn(
      rows.map((row) => row.vector),
      dimensions,
    ),
  ]);
}

/** The columns that `chunksFromArrow` needs. */
export const chunkColumns = ['row', 'vector'];

export function chunksFromArrow(table: Table, dimensions: number): StoredChunk[] {
  if (table.numRows === 0) return [];
  const [row, vector] = [columnOf(table, 'row'), columnOf(table, 'vector')];
  return Array.from({ length: table.numRows }, (_, at) => ({
    ...unpackChunk(bytesAt(row, at), dimensions),
    vector: floatsAt(vector, at),
  }));
}

export const documentSchema: Schema = new arrow.Schema([
  text('id'),
  text('path'),
  text('title'),
  text('source'),
  text('hash'),
  text('changedAt'),
  text('audience'),
  text('sections'),
  int('sectionCount'),
  int('chunkCount'),
]);

export function documentsToArrow(rows: readonly DocumentRow[]): Table {
  return tableOf(documentSchema, rows.length, [
    textColumn(rows.map((row) => row.id)),
    textColumn(rows.map((row) => row.path)),
    textColumn(rows.map((row) => row.title)),
    textColumn(rows.map((row) => row.source)),
    textColumn(rows.map((row) => row.hash)),
    textColumn(rows.map((row) => row.changedAt)),
    textColumn(rows.map((row) => audienceKey(row.audience))),
    textColumn(rows.map((row) => JSON.stringify(row.sections))),
    intColumn(rows.map((row) => row.sections.length)),
    intColumn(rows.map((row) => row.chunks)),
  ]);
}

export const summaryColumns = ['path', 'title', 'changedAt', 'audience', 'sections'];

export function summariesFromArrow(table: Table): DocumentSummary[] {
  if (table.numRows === 0) return [];
  const [path, title] = [columnOf(table, 'path'), columnOf(table, 'title')];
  const [changedAt, sections] = [columnOf(table, 'changedAt'), columnOf(table, 'sections')];
  const audience = columnOf(table, 'audience');
  return Array.from({ length: table.numRows }, (_, row) => ({
    path: textAt(path, row),
    title: textAt(title, row),
    changedAt: textAt(changedAt, row),
    audience: audienceFrom(textAt(audience, row)),
    sections: JSON.parse(textAt(sections, row)),
  }));
}

export function documentsFromArrow(table: Table): Document[] {
  if (table.numRows === 0) return [];
  const [source, hash] = [columnOf(table, 'source'), columnOf(table, 'hash')];
  return summariesFromArrow(table).map((summary, row) => ({
    ...summary,
    source: textAt(source, row),
    hash: textAt(hash, row),
  }));
}
