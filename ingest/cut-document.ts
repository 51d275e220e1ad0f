import type { Chunk, CutDocument, Range, Section } from '../knowledge/document.ts';
import { sha256 } from '../knowledge/sha256.ts';
import { frontChunk } from './front-chunk.ts';
import { type ParsedDocument, parseSections } from './parse-sections.ts';
import { makeRangeCounter } from './range-counter.ts';
import { type CountTokens, type CutChunk, splitSection } from './split-section.ts';

/** `changedAt` of a section: ISO 8601. */
export type SectionChangedAt = (range: Range) => string;

export type FileToCut = {
  readonly path: string;
  readonly source: string;
  /** SHA-256 of the file, hex, where `source` was made from it. */
  readonly hash?: string;
  /** The file's time, ISO 8601. */
  readonly changedAt: string;
  /** A better one for a part of it. */
  readonly sectionChangedAt?: SectionChangedAt;
  readonly countTokens: CountTokens;
};

/**
 * A file's sections and chunks. Pure; throws nothing, whatever the source. Chunk titles carry the front
 * matter's `question`, if any.
 */
export function cutDocument(file: FileToCut): CutDocument {
  return cutParsed(parseSections(file.path, file.source), file);
}

/** As `cutDocument`, for a source that is parsed already. */
export function cutParsed(document: ParsedDocument, file: FileToCut): CutDocument {
  const { path, source, changedAt, countTokens, sectionChangedAt = () => changedAt } = file;
  const { parsed, title, frontMatter } = document;
  const audience = frontMatter.audience ?? [];
  const countRange = makeRangeCounter(source, countTokens);
  const chunkTitle = frontMatter.question ? `${title}: ${frontMatter.question}` : title;
  const chunkOf = (section: Section, cut: CutChunk): Chunk => ({
    ...cut,
    path,
    title: chunkTitle,
    section: section.index,
    sectionHash: section.hash,
    anchor: section.anchor,
    headings: section.headings,
    text: source.slice(cut.start, cut.end),
    changedAt: section.changedAt,
    audience,
  });
  const sections: Section[] = [];
  const chunks: Chunk[] = [];
  for (const [index, { nodes, id: _written, ...place }] of document.sections.entries()) {
    const section: Section = {
      ...place,
      index,
      hash: sha256(source.slice(place.start, place.end)),
      changedAt: sectionChangedAt(place),
    };
    sections.push(section);
    for (const cut of splitSection(nodes, parsed, countRange)) chunks.push(chunkOf(section, cut));
  }
  const [first] = sections;
  const front = chunks.length === 0 && first ? frontChunk(path, document) : undefined;
  if (first && front) chunks.push(chunkOf(first, front));
  const hash = file.hash ?? sha256(source);
  return { document: { path, title, source, hash, changedAt, audience, sections }, chunks };
}
