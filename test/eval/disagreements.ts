import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Embedder } from '../../knowledge/embedder.ts';
import { fingerprintOf } from '../../knowledge/fingerprint.ts';
import { openStoreReader } from '../../knowledge/store-reader.ts';
import { makeAnswer } from '../../server/answer/answer.ts';
import type { Disagreement } from '../../server/events.ts';
import { sync } from '../ingest/synced-store.ts';

/** Two documents, and whether they disagree on what the question asks. */
export type DisagreementCase = {
  readonly id: string;
  readonly disagree: boolean;
  readonly question: string;
  readonly docs: Readonly<Record<string, string>>;
};

export type DisagreementEvaluation = {
  /** Share of the true disagreements that are shown. */
  readonly recall: number;
  /** Share of the other pairs that are shown as one. */
  readonly falseShown: number;
  /** Share of the questions with a disagreement of documents that weren't asked about. */
  readonly aside: number;
  readonly missed: readonly string[];
  readonly wrong: readonly string[];
};

export function readDisagreements(): DisagreementCase[] {
  return readFileSync('test/eval/disagreements.jsonl', 'utf8')
    .trim()
    .split('\n')
    .map((line): DisagreementCase => JSON.parse(line));
}

/** Asks each question over the repository's docs and all documents of the set together. */
export async function evaluateDisagreements(embedder: Embedder): Promise<DisagreementEvaluation> {
  const cases = readDisagreements();
  const own = readdirSync('docs').map((name) => [name, readFileSync(join('docs', name), 'utf8')]);
  const files = Object.assign(Object.fromEntries(own), ...cases.map(({ docs }) => docs));
  const uri = mkdtempSync(join(tmpdir(), 'docent-'));
  await sync(uri, files, { embedder });
  const store = openStoreReader({ uri, expected: fingerprintOf(embedder) });
  const answer = makeAnswer({ store, embedder });
  const shown = new Set<string>();
  const astray = new Set<string>();
  for (const { id, question, docs } of cases) {
    const messages = [{ role: 'user' as const, content: question }];
    for await (const event of answer({ messages }, { signal: new AbortController().signal })) {
      if (event.type !== 'disagreement') continue;
      if (isBetween(event, Object.keys(docs))) shown.add(id);
      else astray.add(id);
    }
  }
  await store.close();
  rmSync(uri, { recursive: true, force: true });
  const real = cases.filter(({ disagree }) => disagree);
  const others = cases.filter(({ disagree }) => !disagree);
  const wrong = others.filter(({ id }) => shown.has(id)).map(({ id }) => id);
  return {
    recall: real.filter(({ id }) => shown.has(id)).length / real.length,
    falseShown: wrong.length / others.length,
    aside: astray.size / cases.length,
    missed: real.filter(({ id }) => !shown.has(id)).map(({ id }) => id),
    wrong,
  };
}

function isBetween({ sides }: Disagreement, paths: readonly string[]): boolean {
  return sides.every(({ path }) => paths.includes(path));
}
