import { execFile } from 'node:child_process';
import { basename, dirname } from 'node:path';
import type { Range } from '../knowledge/document.ts';
import type { SectionChangedAt } from './cut-document.ts';

/** When a file changed last and, if git knows, when each part of it did. ISO 8601. */
export type ChangeTimes = { readonly changedAt: string; readonly sectionChangedAt?: SectionChangedAt };

/** Big files with a long history take git long; their parts then all have the file's time. */
const BLAME_TIMEOUT_MS = 5_000;
const BLAME_MOST_BYTES = 64 * 1024 * 1024;

/**
 * Asks git who touched which line when, for files of a work tree; the file's own time stands for what git
 * doesn't know: other files, lines not committed yet, no git. Only called for files that have changed.
 */
export function makeChangedAt(docsDir: string) {
  let inWorkTree: Promise<boolean> | undefined;
  return async (
    absolutePath: string,
    file: {
      readonly source: string;
      readonly changedAt: string;
      /** The place in `source` of an offset that is asked about. */
      readonly lineOffset?: (offset: number) => number;
    },
  ): Promise<ChangeTimes> => {
    inWorkTree ??= git(docsDir, ['rev-parse', '--is-inside-work-tree']).then((out) => out?.trim() === 'true');
    if (!(await inWorkTree)) return { changedAt: file.changedAt };
    const blame = await git(dirname(absolutePath), ['blame', '--porcelain', '--', basename(absolutePath)]);
    const lines = blame === undefined ? [] : readBlame(blame, file.changedAt);
    if (lines.length === 0) return { changedAt: file.changedAt };
    const starts = lineStarts(file.source);
    const { lineOffset = (offset: number) => offset } = file;
    const lineOf = (offset: number) => lineAt(starts, lineOffset(offset));
    const latest = (times: readonly string[]) => times.toSorted().at(-1) ?? file.changedAt;
    return {
      changedAt: latest(lines),
      sectionChangedAt: ({ start, end }: Range) =>
        latest(lines.slice(lineOf(start), lineOf(Math.max(start, end - 1)) + 1)),
    };
  };
}

/** The time of each line, from `git blame --porcelain`: a commit's details stand at its first line only. */
export function readBlame(porcelain: string, uncommitted: string): string[] {
  const times = new Map<string, string>();
  const lines: string[] = [];
  let commit = '';
  for (const line of porcelain.split('\n')) {
    const head = /^([0-9a-f]{40,64}) \d+ \d+/.exec(line)?.[1];
    if (head !== undefined) commit = head;
    else if (line.startsWith('committer-time ')) {
      times.set(commit, new Date(Number(line.slice('committer-time '.length)) * 1000).toISOString());
    } else if (line.startsWith('\t')) {
      lines.push(/^0+$/.test(commit) ? uncommitted : (times.get(commit) ?? uncommitted));
    }
  }
  return lines;
}

function git(folder: string, args: readonly string[]): Promise<string | undefined> {
  return new Promise((resolve) => {
    const options = { cwd: folder, timeout: BLAME_TIMEOUT_MS, maxBuffer: BLAME_MOST_BYTES };
    execFile('git', [...args], options, (error, stdout) => resolve(error ? undefined : stdout));
  });
}

function lineStarts(source: string): number[] {
  return [0, ...Array.from(source.matchAll(/\n/g), (match) => match.index + 1)];
}

/** Index of the line that holds an offset. */
function lineAt(starts: readonly number[], offset: number): number {
  let [low, high] = [0, starts.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}
