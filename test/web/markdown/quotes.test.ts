import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { cutDocument } from '../../../ingest/cut-document.ts';
import { findFiles } from '../../../ingest/find-files.ts';
import { splitRun } from '../../../web/markdown/positions.ts';
import { textRuns } from '../../../web/markdown/text-runs.ts';

const folder = fileURLToPath(new URL('../../../docs', import.meta.url));
const { files } = await findFiles(folder);
const countTokens = (text: string) => text.split(/\s+/).length;

const bare = (text: string) => text.replace(/[^\p{L}\p{N}]+/gu, '');

describe('the words that a citation marks in a document', () => {
  it.each(files.map((file) => [file.path, file.absolutePath]))(
    'are those of each sentence of %s',
    (path, from) => {
      const source = readFileSync(from, 'utf8');
      const { chunks } = cutDocument({ path, source, changedAt: '', countTokens });
      const runs = textRuns(source);
      // A table's row is cited with the names of its columns, which stand elsewhere.
      const all = chunks.flatMap((chunk) => chunk.sentences);
      const sentences = all.filter(({ kind }) => kind === 'sentence' || kind === 'item');
      const marked = sentences.map((sentence) =>
        runs
          .filter((run) => (run.offsets[0] ?? 0) < sentence.end && (run.offsets.at(-1) ?? 0) > sentence.start)
          .flatMap((run) => splitRun(run, [sentence]))
          .map((piece) => (piece.inside.length > 0 ? piece.text : ''))
          .join(''),
      );
      expect(marked.map(bare)).toEqual(sentences.map(({ text }) => bare(text)));
    },
  );
});
