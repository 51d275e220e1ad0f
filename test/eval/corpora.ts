import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Embedder } from '../../knowledge/embedder.ts';
import { fingerprintOf } from '../../knowledge/fingerprint.ts';
import type { StoreReader } from '../../knowledge/snapshot.ts';
import { openStoreReader } from '../../knowledge/store-reader.ts';

export type EvalQuestion = {
  readonly id: string;
  readonly question: string;
  readonly answerable: boolean;
  readonly kind?: string;
  readonly path?: string | null;
  readonly anchor?: string | null;
  readonly also?: readonly { readonly path: string; readonly anchor: string }[];
  /** SQuAD: any of these is right. */
  readonly answers?: readonly string[];
  /** Handbooks and golden set: all of these must stand in the answer. */
  readonly must?: readonly string[];
  readonly history?: readonly { readonly role: 'user' | 'assistant'; readonly content: string }[];
};

const root = fileURLToPath(new URL('../../', import.meta.url));

/** Ingests a folder with the real command into a kept store, which makes the second run cheap, and opens it. */
export function openCorpus(name: string, dir: string, embedder: Embedder): StoreReader {
  const uri = `${root}.docent/eval/${name}`;
  mkdirSync(`${root}.docent/eval`, { recursive: true });
  const run = spawnSync(
    process.execPath,
    ['--import', 'tsx', 'ingest/main.ts', dir, '--store', uri, '--json'],
    {
      cwd: root,
      encoding: 'utf8',
    },
  );
  if (run.error) throw run.error;
  const summary = run.stdout.trim().split('\n').at(-1);
  if (!summary?.startsWith('{')) throw new Error(`The ingest of ${name} failed: ${run.stderr.slice(-500)}`);
  return openStoreReader({
    uri,
    expected: fingerprintOf(embedder),
  });
}

export function readQuestions(path: string): EvalQuestion[] {
  return readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line): EvalQuestion => JSON.parse(line));
}
