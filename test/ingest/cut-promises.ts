import { expect } from 'vitest';
import type { CutDocument } from '../../knowledge/document.ts';

/** What `cutDocument` promises of sections, chunks, blocks and sentences: places, order, uniqueness. */
export function checkPromises(source: string, { document, chunks }: CutDocument) {
  let at = 0;
  for (const [index, section] of document.sections.entries()) {
    expect(section).toMatchObject({ index, start: at });
    at = section.end;
  }
  expect(at).toBe(source.length);
  expect(new Set(document.sections.map((section) => section.anchor)).size).toBe(document.sections.length);

  let end = 0;
  for (const chunk of chunks) {
    const section = document.sections[chunk.section];
    expect(chunk.text).toBe(source.slice(chunk.start, chunk.end));
    expect(chunk.start).toBeGreaterThanOrEqual(Math.max(end, section?.start ?? Number.NaN));
    expect(chunk.end).toBeLessThanOrEqual(section?.end ?? Number.NaN);
    end = chunk.end;
    expect(chunk.blocks.length).toBeGreaterThan(0);
    expect(chunk.sentences.length).toBeGreaterThan(0);
    checkUnits(source, chunk);
  }
}

function checkUnits(source: string, chunk: CutDocument['chunks'][number]) {
  let blockEnd = chunk.start;
  for (const block of chunk.blocks) {
    expect(block.start).toBeGreaterThanOrEqual(blockEnd);
    blockEnd = block.end;
  }
  expect(blockEnd).toBeLessThanOrEqual(chunk.end);
  let unitEnd = chunk.start;
  for (const sentence of chunk.sentences) {
    const block = chunk.blocks[sentence.block];
    const text = source.slice(sentence.start, sentence.end);
    expect(sentence.start).toBeGreaterThanOrEqual(Math.max(unitEnd, block?.start ?? Number.NaN));
    expect(sentence.end).toBeLessThanOrEqual(block?.end ?? Number.NaN);
    expect(text).toBe(text.trim());
    expect(sentence.text).toBe(sentence.text.replace(/\s+/g, ' ').trim());
    expect(sentence.text).not.toBe('');
    unitEnd = sentence.end;
  }
}
