import type { Nodes } from 'mdast';
import { drawNode } from '../markdown.tsx';
import { type Parsed, parseDocument } from './parse.ts';
import type { TextRun } from './positions.ts';
import { unmaskRun } from './template-tags.ts';

/** Every run of text that a reader sees of a document, in reading order, each in its place. */
export function textRuns(source: string): TextRun[] {
  const parsed = parseDocument(source);
  return runsIn(parsed.root, parsed, source);
}

/** Every run of text that a reader sees of a part of a parsed document. */
export function runsIn(node: Nodes, { text, base }: Parsed, source: string): TextRun[] {
  const runs: TextRun[] = [];
  drawNode(node, {
    source: text,
    base,
    headingLevel: (depth) => depth,
    readRun: (run, kind) => unmaskRun(run, source, kind),
    drawText: (run) => runs.push(run),
    link: () => undefined,
  });
  return runs;
}

/** Runs after one another, with what stands between them: no place of its own, but that of what comes before. */
export function joinRuns(runs: readonly TextRun[], between: string): TextRun {
  const offsets = runs.flatMap((run) => {
    const end = run.offsets[run.value.length] ?? 0;
    return [...run.offsets.slice(0, run.value.length), ...Array.from(between, () => end)];
  });
  const last = runs.at(-1);
  offsets.push(last?.offsets[last.value.length] ?? 0);
  return { value: runs.map((run) => run.value + between).join(''), offsets };
}
