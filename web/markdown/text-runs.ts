import { drawNode } from '../markdown.tsx';
import { parseDocument } from './parse.ts';
import type { TextRun } from './positions.ts';
import { unmaskRun } from './template-tags.ts';

/** Every run of text that a reader sees of a document, in reading order, each in its place. */
export function textRuns(source: string): TextRun[] {
  const { root, text, base } = parseDocument(source);
  const runs: TextRun[] = [];
  drawNode(root, {
    source: text,
    base,
    headingLevel: (depth) => depth,
    readRun: (run, kind) => unmaskRun(run, source, kind),
    drawText: (run) => runs.push(run),
    link: () => undefined,
  });
  return runs;
}
