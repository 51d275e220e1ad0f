import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MODEL_DIR } from '../../../knowledge/configured-embedder.ts';
import type { Embedder } from '../../../knowledge/embedder.ts';
import { fingerprintOf } from '../../../knowledge/fingerprint.ts';
import { makeLocalEmbedder } from '../../../knowledge/local-embedder.ts';
import type { StoreReader } from '../../../knowledge/snapshot.ts';
import { openStoreReader } from '../../../knowledge/store-reader.ts';
import type { Answer } from '../../../server/answer/answer.ts';
import type { ChatEvent, ChatMessage, Claim, Done, Source } from '../../../server/events.ts';
import { type Ages, type Files, sync } from '../../ingest/synced-store.ts';

export type DocsStore = {
  readonly store: StoreReader;
  readonly embedder: Embedder;
  readonly files: Files;
  close(): Promise<void>;
};

/**
 * The repository's own docs (or those of them that are named) and `more`, taken in by the ingest with the real
 * embedder into a folder of its own.
 */
export async function openDocsStore(
  more: Files = {},
  ages: Ages = {},
  names = readdirSync('docs'),
): Promise<DocsStore> {
  const own = names.map((name) => [name, readFileSync(join('docs', name), 'utf8')] as const);
  const files = { ...Object.fromEntries(own), ...more };
  const uri = mkdtempSync(join(tmpdir(), 'docent-'));
  const embedder = await makeLocalEmbedder({ modelDir: MODEL_DIR });
  await sync(uri, files, { embedder, ages });
  const store = openStoreReader({ uri, expected: fingerprintOf(embedder) });
  return {
    store,
    embedder,
    files,
    async close() {
      await store.close();
      await embedder.close();
      rmSync(uri, { recursive: true, force: true });
    },
  };
}

/** An answer as a client has it at the end. */
export type Answered = {
  readonly events: readonly ChatEvent[];
  /** Names of the events, the same ones in a row once. */
  readonly order: readonly string[];
  readonly text: string;
  readonly sources: readonly Source[];
  /** The last word on each range, in order of their coming. */
  readonly claims: readonly Claim[];
  readonly done: Done;
};

/** Asks and takes all events; `history` comes before the question. */
export async function askFor(
  answer: Answer,
  question: string,
  {
    history = [],
    signal = new AbortController().signal,
  }: { history?: readonly ChatMessage[]; signal?: AbortSignal } = {},
): Promise<Answered> {
  const events: ChatEvent[] = [];
  const claims = new Map<string, Claim>();
  let text = '';
  let sources: readonly Source[] = [];
  let done: Done | undefined;
  for await (const event of answer(
    { messages: [...history, { role: 'user', content: question }] },
    { signal },
  )) {
    events.push(event);
    if (event.type === 'delta') text += event.text;
    if (event.type === 'sources') sources = event.sources;
    if (event.type === 'claim') claims.set(`${event.start} ${event.end}`, event);
    if (event.type === 'done') done = event;
  }
  if (!done) throw new Error('an answer without an end');
  const order = events.map(({ type }) => type).filter((type, i, all) => type !== all[i - 1]);
  return { events, order, text, sources, claims: [...claims.values()], done };
}
