import { type Chunk, contextOf } from './document.ts';
import { terms } from './terms.ts';

/**
 * A chunk's terms, worked out once, when it is written. The terms of a text stand between spaces, so that it
 * holds a term where it includes ` term `. `context`: title and heading path; `heading`: the last heading.
 */
export type ChunkTerms = {
  readonly sentences: readonly string[];
  readonly context: string;
  readonly heading: string;
};

export function termsOfChunk(chunk: Pick<Chunk, 'title' | 'headings' | 'sentences'>): ChunkTerms {
  return {
    sentences: chunk.sentences.map((sentence) => spaced(sentence.text)),
    context: spaced(contextOf(chunk)),
    heading: spaced(chunk.headings.at(-1) ?? chunk.title),
  };
}

function spaced(text: string): string {
  return ` ${terms(text).join(' ')} `;
}

/** The terms of some spaced texts, each once. */
export function termSet(texts: readonly string[]): Set<string> {
  const found = new Set(texts.join('').split(' '));
  found.delete('');
  return found;
}
