import { fileURLToPath } from 'node:url';
import { cutDocument } from '../../ingest/cut-document.ts';
import { findFiles } from '../../ingest/find-files.ts';
import { readSource } from '../../ingest/read-file.ts';
import type { Document } from '../../knowledge/document.ts';

const changedAt = '2026-05-04T08:00:00.000Z';

/** A document as ingest makes it. */
export function documentFrom(path: string, source: string): Document {
  return cutDocument({ path, source, changedAt, countTokens: (text) => text.split(/\s+/).length }).document;
}

/** The documents that ship with Docent. */
export async function shippedDocuments(): Promise<Document[]> {
  const { files } = await findFiles(fileURLToPath(new URL('../../docs', import.meta.url)));
  const read = await Promise.all(
    files.map(async (file) => ({ path: file.path, read: await readSource(file) })),
  );
  return read.flatMap(({ path, read }) => (read.ok ? [documentFrom(path, read.source)] : []));
}

/** Puts other words into one of the documents. */
export function changeDocument(documents: Document[], path: string, from: string, to: string): void {
  const at = documents.findIndex((document) => document.path === path);
  const source = documents[at]?.source ?? '';
  if (!source.includes(from)) throw new Error(`"${from}" doesn't stand in ${path}`);
  documents[at] = documentFrom(path, source.replace(from, to));
}

/** Gives one of the documents another path. */
export function moveDocument(documents: Document[], path: string, to: string): void {
  const at = documents.findIndex((document) => document.path === path);
  documents[at] = documentFrom(to, documents[at]?.source ?? '');
}

/** Takes a section out of one of the documents. */
export function removeSection(documents: Document[], path: string, anchor: string): void {
  const document = documents.find((candidate) => candidate.path === path);
  const section = document?.sections.find((candidate) => candidate.anchor === anchor);
  if (!document || !section) throw new Error(`No section ${path}#${anchor}`);
  changeDocument(documents, path, document.source.slice(section.start, section.end), '');
}
