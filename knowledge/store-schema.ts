import type { Schema, Table } from 'apache-arrow';
import { audienceFrom, audienceKey } from './audience.ts';
import { contextOf, type Document } from './document.ts';
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
  numberAt,
  tableOf,
  textAt,
  textColumn,
} from './store-arrow.ts';

/** Changes when the tables' columns do; an index with another layout is rebuilt. */
export const layout = 2;

/** A chunk to be written. `embedHash` is equal where the vectors are. */
export type ChunkRow = StoredChunk & { readonly embedHash: string };

/** A document to be written; `chunks` counts its chunks. */
export type DocumentRow = Document & { readonly id: string; readonly chunks: number };

const text = (name: string) => new arrow.Field(name, new arrow.Utf8(), false);
const int = (name: string) => new arrow.Field(name, new arrow.Int32(), false);
const binary = (name: string) => new arrow.Field(name, new arrow.Binary(), false);

/** `headings`, `blocks` and `sentences` are JSON; `search` is what the full-text index reads; `audience` is a key. */
export function chunkSchema(dimensions: number): Schema {
  return new arrow.Schema([
    text('id'),
    text('path'),
    text('title'),
    int('section'),
    text('sectionHash'),
    text('anchor'),
    text('headings'),
    int('start'),
    int('end'),
    text('text'),
    text('search'),
    text('embedHash'),
    text('changedAt'),
    text('audience'),
    text('blocks'),
    text('sentences'),
    binary('sentenceVectors'),
    new arrow.Field('vector', floatsType(dimensions), false),
  ]);
}

/** What full-text search and document frequencies read of a chunk: its context line, then its plain text. */
export function searchText(chunk: Pick<StoredChunk, 'title' | 'headings' | 'sentences'>): string {
  return `${contextOf(chunk)}\n${chunk.sentences.map((sentence) => sentence.text).join('\n')}`;
}

export function chunksToArrow(rows: readonly ChunkRow[], dimensions: number): Table {
  return tableOf(chunkSchema(dimensions), rows.length, [
    textColumn(rows.map((row) => row.id)),
    textColumn(rows.map((row) => row.path)),
    textColumn(rows.map((row) => row.title)),
    intColumn(rows.map((row) => row.section)),
    textColumn(rows.map((row) => row.sectionHash)),
    textColumn(rows.map((row) => row.anchor)),
    textColumn(rows.map((row) => JSON.stringify(row.headings))),
    intColumn(rows.map((row) => row.start)),
    intColumn(rows.map((row) => row.end)),
    textColumn(rows.map((row) => row.text)),
    textColumn(rows.map(searchText)),
    textColumn(rows.map((row) => row.embedHash)),
    textColumn(rows.map((row) => row.changedAt)),
    textColumn(rows.map((row) => audienceKey(row.audience))),
    textColumn(rows.map((row) => JSON.stringify(row.blocks))),
    textColumn(rows.map((row) => JSON.stringify(row.sentences))),
    bytesColumn(rows.map((row) => packVectors(row.sentenceVectors))),
    floatsColumn(
      rows.map((row) => row.vector),
      dimensions,
    ),
  ]);
}

/** All rows of a query that selected every column of `chunkSchema`. */
export function chunksFromArrow(table: Table, dimensions: number): StoredChunk[] {
  if (table.numRows === 0) return [];
  const column = (name: string) => columnOf(table, name);
  const [id, path, title, section] = [column('id'), column('path'), column('title'), column('section')];
  const [sectionHash, anchor, headings] = [column('sectionHash'), column('anchor'), column('headings')];
  const [start, end, source] = [column('start'), column('end'), column('text')];
  const [changedAt, audience] = [column('changedAt'), column('audience')];
  const [blocks, sentences] = [column('blocks'), column('sentences')];
  const [sentenceVectors, vector] = [column('sentenceVectors'), column('vector')];
  return Array.from({ length: table.numRows }, (_, row) => ({
    id: textAt(id, row),
    path: textAt(path, row),
    title: textAt(title, row),
    section: numberAt(section, row),
    sectionHash: textAt(sectionHash, row),
    anchor: textAt(anchor, row),
    headings: JSON.parse(textAt(headings, row)),
    start: numberAt(start, row),
    end: numberAt(end, row),
    text: textAt(source, row),
    changedAt: textAt(changedAt, row),
    audience: audienceFrom(textAt(audience, row)),
    blocks: JSON.parse(textAt(blocks, row)),
    sentences: JSON.parse(textAt(sentences, row)),
    sentenceVectors: unpackVectors(bytesAt(sentenceVectors, row), dimensions),
    vector: floatsAt(vector, row),
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

function packVectors(vectors: readonly Int8Array[]): Uint8Array {
  const packed = new Int8Array(vectors.reduce((sum, vector) => sum + vector.length, 0));
  let at = 0;
  for (const vector of vectors) {
    packed.set(vector, at);
    at += vector.length;
  }
  return new Uint8Array(packed.buffer);
}

function unpackVectors(bytes: Uint8Array<ArrayBuffer>, dimensions: number): Int8Array[] {
  const packed = new Int8Array(bytes.buffer);
  const vectors: Int8Array[] = [];
  for (let at = 0; at < packed.length; at += dimensions) vectors.push(packed.subarray(at, at + dimensions));
  return vectors;
}
