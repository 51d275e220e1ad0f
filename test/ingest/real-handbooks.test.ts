import { describe, expect, it } from 'vitest';
import { cutDocument } from '../../ingest/cut-document.ts';
import { findFiles } from '../../ingest/find-files.ts';
import { readSource } from '../../ingest/read-file.ts';
import { CHUNK_TOKENS } from '../../knowledge/chunker-id.ts';
import { MODEL_DIR } from '../../knowledge/configured-embedder.ts';
import type { CutDocument } from '../../knowledge/document.ts';
import { loadTokenizer } from '../../knowledge/tokenizer.ts';
import { shared } from '../shared.ts';
import { checkPromises } from './cut-promises.ts';
import { proseOutside } from './prose.ts';

const { countTokens } = loadTokenizer(MODEL_DIR);

describe.each([
  ['gsa-tts-handbook', 247],
  ['clef-handbook', 39],
])('the real %s', (name, count) => {
  const corpus = shared(`corpora/${name}`);

  it.skipIf(!corpus.there)(
    `is cut whole, with every file accounted for${corpus.why}`,
    async () => {
      const { files, failed, skipped } = await findFiles(corpus.path);
      expect([files.length, failed, skipped]).toEqual([count, [], []]);
      for (const file of files) {
        const read = await readSource(file);
        if (!read.ok) throw new Error(`${file.path} ${read.failed.message}`);
        const { source, changedAt } = read;
        const cut = cutDocument({ path: file.path, source, changedAt, countTokens });
        checkPromises(source, cut);
        expect(proseOutside(source, cut.chunks), file.path).toEqual([]);
        expect(tooLarge(cut), file.path).toEqual([]);
        expect(strays(cut), file.path).toEqual([]);
      }
    },
    120_000,
  );
});

function tooLarge({ chunks }: CutDocument): string[] {
  return chunks.flatMap((chunk) => (countTokens(chunk.text) > CHUNK_TOKENS ? [chunk.text] : []));
}

/** Sentences in which marks of Markdown, HTML or a template are left. Code may hold what it likes. */
function strays({ chunks, document }: CutDocument): string[] {
  const texts = chunks.flatMap(({ sentences }) => sentences.filter(({ kind }) => kind !== 'code'));
  return texts.flatMap(({ text, start, end }) => {
    const stray = /<\/?(?:a|br|td|tr|p|div|strong|em)\b|\]\(http|<!--|&nbsp;|\uE000/.test(text);
    const inCode = document.source.slice(start, end).includes('`');
    return stray && !inCode ? [text] : [];
  });
}
