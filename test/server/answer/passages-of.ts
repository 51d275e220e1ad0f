import { cutDocument } from '../../../ingest/cut-document.ts';
import { termsOfChunk } from '../../../knowledge/chunk-terms.ts';
import type { Evidence } from '../../../server/answer/evidence.ts';

/** A Markdown file as numbered passages, one number a section, cut as ingest cuts it. */
export function passagesOf(source: string, path = 'page.md', firstNumber = 1): Evidence[] {
  const countTokens = (text: string): number => Math.ceil(text.length / 4);
  const { chunks } = cutDocument({ path, source, changedAt: '2024-05-01T00:00:00Z', countTokens });
  const sections = [...new Set(chunks.map(({ section }) => section))];
  return chunks.map((chunk) => ({
    n: firstNumber + sections.indexOf(chunk.section),
    chunk: {
      ...chunk,
      id: `${path} ${chunk.start}`,
      terms: termsOfChunk(chunk),
      vector: new Float32Array(),
      sentenceVectors: [],
    },
  }));
}
