import { basename, dirname } from 'node:path';
import type { Range } from '../knowledge/document.ts';
import type { SectionChangedAt } from './cut-document.ts';
import { type GitOutcome, runGit } from './run-git.ts';

/** When a file changed last and, if git knows, when each part of it did. ISO 8601. */
export type ChangeTimes = { readonly changedAt: string; readonly sectionChangedAt?: SectionChangedAt };

/** Big files with a long history take git long; their parts then all have the file's time. */
const BLAME_TIMEOUT_MS = 5_000;

const WHY = {
  refused: (folder: string) =>
    `git won't read ${folder}, which belongs to another user, so all text has the time of its file: git config --global --add safe.directory ${folder}`,
  slow: (path: string) =>
    `git took too long to tell when the parts of ${path} (and maybe of others) changed; they have the time of their file.`,
  shallow: () =>
    'The git history is cut short (a shallow clone), so text from before it seems as new as its oldest commit: git fetch --unshallow',
} as const;

/**
 * Asks git who touched which line when, for files of a work tree; the file's own time stands for what git
 * doesn't know: other files, lines not committed yet, no git. Only called for files that have changed. `warn` is told
 * once of each reason for which times are not what they could be.
 */
export function makeChangedAt(
  docsDir: string,
  { warn = () => undefined, git = runGit }: { warn?: (warning: string) => void; git?: typeof runGit } = {},
) {
  const told = new Set<keyof typeof WHY>();
  const tell = (why: keyof typeof WHY, where: string) => {
    if (!told.has(why)) warn(WHY[why](where));
    told.add(why);
  };
  const ask = (folder: string, ...args: string[]): Promise<GitOutcome> =>
    git(['-C', folder, ...args], { timeout: BLAME_TIMEOUT_MS });
  let workTree: Promise<{ isShallow: boolean } | undefined> | undefined;

  async function findWorkTree() {
    const outcome = await ask(docsDir, 'rev-parse', '--is-inside-work-tree', '--is-shallow-repository');
    if (outcome.kind === 'failed' && /dubious ownership/.test(outcome.stderr)) tell('refused', docsDir);
    const [isInside, isShallow] = outcome.kind === 'done' ? outcome.stdout.split('\n') : [];
    return isInside === 'true' ? { isShallow: isShallow === 'true' } : undefined;
  }

  return async (
    absolutePath: string,
    file: {
      readonly source: string;
      readonly changedAt: string;
      /** The place in `source` of an offset that is asked about. */
      readonly lineOffset?: (offset: number) => number;
    },
  ): Promise<ChangeTimes> => {
    workTree ??= findWorkTree();
    const found = await workTree;
    if (!found) return { changedAt: file.changedAt };
    const blame = await ask(dirname(absolutePath), 'blame', '--porcelain', '--', basename(absolutePath));
    if (blame.kind === 'timed-out') tell('slow', absolutePath);
    if (blame.kind !== 'done') return { changedAt: file.changedAt };
    const { times: lines, isCutShort } = readBlame(blame.stdout, file.changedAt, found);
    if (isCutShort) tell('shallow', docsDir);
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

/**
 * The time of each line, from `git blame --porcelain`: a commit's details stand at its first line only. Where the
 * history is cut short, its oldest commit seems to have written all that is older: that text has the file's own time
 * when this is the older one, and `isCutShort` says that there is such text.
 */
export function readBlame(
  porcelain: string,
  fileTime: string,
  { isShallow = false } = {},
): { readonly times: readonly string[]; readonly isCutShort: boolean } {
  const commits = new Map<string, string>();
  const times: string[] = [];
  let commit = '';
  let isCutShort = false;
  for (const line of porcelain.split('\n')) {
    const head = /^([0-9a-f]{40,64}) \d+ \d+/.exec(line)?.[1];
    if (head !== undefined) commit = head;
    else if (line.startsWith('committer-time ')) {
      commits.set(commit, new Date(Number(line.slice('committer-time '.length)) * 1000).toISOString());
    } else if (line === 'boundary' && isShallow) {
      isCutShort = true;
      const time = commits.get(commit);
      if (time !== undefined && fileTime < time) commits.set(commit, fileTime);
    } else if (line.startsWith('\t')) {
      times.push(/^0+$/.test(commit) ? fileTime : (commits.get(commit) ?? fileTime));
    }
  }
  return { times, isCutShort };
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
