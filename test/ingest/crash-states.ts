import { createHash } from 'node:crypto';
import { cutDocument } from '../../ingest/cut-document.ts';
import { CHUNKER_ID } from '../../knowledge/chunker-id.ts';
import type { Chunk } from '../../knowledge/document.ts';
import { asDocentError } from '../../knowledge/errors.ts';
import { sha256 } from '../../knowledge/sha256.ts';
import type { Snapshot } from '../../knowledge/snapshot.ts';
import { openStoreReader } from '../../knowledge/store-reader.ts';
import { searchText } from '../../knowledge/store-schema.ts';
import { terms } from '../../knowledge/terms.ts';
import { makeFakeEmbedder } from './fake-embedder.ts';
import { contentOf, type Files } from './synced-store.ts';

/** The two models that the runs change between. */
export const MODELS = ['fake', 'other'] as const;
export type Model = (typeof MODELS)[number];

export const countTokens = (text: string): number => Math.ceil(text.length / 4);

/** Words that every state holds in some chunks, so that the lexicon and the text index can be compared. */
const PROBES = ['alerts', 'invoice', 'patch', 'tickets', 'backup'] as const;

const FILES = 8;
const SECTIONS = 6;

/** The docs as they are at state `n`: from one to the next some sections change, files come, go and move. */
export function filesAt(n: number): Files {
  const files: Record<string, string> = {};
  for (let file = 0; file < FILES; file++) {
    if ((n + file) % 5 === 4) continue;
    const path = file === 3 && n % 2 === 1 ? `moved/file-${file}.md` : `file-${file}.md`;
    const sections = Array.from({ length: SECTIONS }, (_, section) => {
      const revision = Math.floor((n + file * 7 + section * 3) / 6);
      const word = PROBES[(revision + section) % PROBES.length];
      return `## Part ${section}\n\nFile ${file} is at revision ${revision}. It tells of ${word} number ${revision}.\n`;
    });
    files[path] = `# Guide ${file}\n\n${sections.join('\n')}`;
  }
  return files;
}

/** All that a reader can see of one version. */
export type Seen = {
  readonly content: Readonly<Record<string, readonly string[]>>;
  readonly sources: Readonly<Record<string, string>>;
  readonly chunkCount: number;
  readonly byVector: number;
  readonly inLexicon: readonly number[];
  readonly byText: readonly number[];
};

/** What a reader must see at state `n`, worked out without a store. */
export function expectedAt(n: number): Seen {
  const content: Record<string, string[]> = {};
  const sources: Record<string, string> = {};
  const chunks: Chunk[] = [];
  for (const [path, source] of Object.entries(filesAt(n)).sort(([a], [b]) => (a < b ? -1 : 1))) {
    const cut = cutDocument({ path, source, changedAt: '', countTokens });
    content[path] = cut.chunks.map((chunk) => chunk.text);
    sources[path] = sha256(source);
    chunks.push(...cut.chunks);
  }
  const held = chunks.map((chunk) => new Set(terms(searchText(chunk))));
  const counts = PROBES.map((word) => held.filter((words) => words.has(termOf(word))).length);
  const chunkCount = chunks.length;
  return { content, sources, chunkCount, byVector: chunkCount, inLexicon: counts, byText: counts };
}

/** What a fresh reader sees: under whichever model the store was made, or the fault's code. */
export async function seenIn(uri: string): Promise<Seen | string> {
  let fault = '';
  for (const model of MODELS) {
    const embedder = makeFakeEmbedder(model);
    const expected = { embedder: model, dimensions: embedder.dimensions, chunker: CHUNKER_ID };
    const reader = openStoreReader({ uri, expected, refreshMs: 0 });
    try {
      return await seenOf(await reader.current(), await embedder.embedQuery('x'));
    } catch (error) {
      fault = asDocentError(error).code;
      if (fault !== 'store_mismatch') return fault;
    } finally {
      await reader.close();
    }
  }
  return fault;
}

/** What one version shows; `vector` is any, of the index's dimensions. */
export async function seenOf(snapshot: Snapshot, vector: Float32Array): Promise<Seen> {
  const content = await contentOf(snapshot);
  const sources: Record<string, string> = {};
  for (const path of Object.keys(content)) {
    sources[path] = sha256((await snapshot.document(path))?.source ?? '');
  }
  const byText: number[] = [];
  for (const word of PROBES) byText.push((await snapshot.searchText(word, 1_000)).length);
  return {
    content,
    sources,
    chunkCount: snapshot.chunkCount,
    byVector: (await snapshot.searchVector(vector, 1_000)).length,
    inLexicon: PROBES.map((word) => snapshot.chunksWith(termOf(word))),
    byText,
  };
}

/** Equal for equal states. */
export function digestOf(seen: Seen | string): string {
  return typeof seen === 'string' ? seen : createHash('sha256').update(JSON.stringify(seen)).digest('hex');
}

function termOf(word: string): string {
  return terms(word)[0] ?? word;
}
