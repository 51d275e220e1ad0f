import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { cutDocument } from '../../ingest/cut-document.ts';
import { countWords } from './count-words.ts';

/** `name.md` beside `name.json`: what `cutDocument` must make of it, written as a person would check it. */
const folder = new URL('../fixtures/cut/', import.meta.url);
const names = readdirSync(folder).flatMap((file) => (file.endsWith('.md') ? [file.slice(0, -3)] : []));

describe('cutDocument', () => {
  it.each(names)('cuts %s as expected', (name) => {
    const source = readFileSync(new URL(`${name}.md`, folder), 'utf8');
    const expected: unknown = JSON.parse(readFileSync(new URL(`${name}.json`, folder), 'utf8'));
    expect(outline(`${name}.md`, source)).toEqual(expected);
  });
});

function outline(path: string, source: string) {
  const cut = cutDocument({ path, source, changedAt: '2024-05-01T00:00:00.000Z', countTokens: countWords });
  return {
    title: cut.document.title,
    sections: cut.document.sections.map(
      ({ level, anchor, headings }) => `${level} #${anchor} ${headings.join(' > ')}`,
    ),
    chunks: cut.chunks.map((chunk) => ({
      title: chunk.title,
      anchor: chunk.anchor,
      blocks: chunk.blocks.map(({ kind, ordered, continued }) =>
        [kind, ordered && 'ordered', continued && 'continued'].filter(Boolean).join(' '),
      ),
      sentences: chunk.sentences.map(({ block, kind, text, start, end }) => ({
        unit: `${block} ${kind}`,
        text,
        source: source.slice(start, end),
      })),
    })),
  };
}
