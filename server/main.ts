import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { CHUNKER_ID } from '../knowledge/chunker-id.ts';
import { makeConfiguredEmbedder } from '../knowledge/configured-embedder.ts';
import { asDocentError, type DocentError } from '../knowledge/errors.ts';
import type { StoreReader } from '../knowledge/snapshot.ts';
import { openStoreReader } from '../knowledge/store-reader.ts';
import { makeAnswer } from './answer/answer.ts';
import type { ChatModel } from './answer/chat-model.ts';
import { findContextTokens } from './answer/find-context-tokens.ts';
import { markStale } from './answer/mark-stale.ts';
import { makeApp } from './app.ts';
import { buildWebIfStale } from './build-web.ts';
import { readServerConfig, type ServerConfig } from './config.ts';
import { type GapStore, openGapStore } from './gaps/gap-store.ts';
import { makeGaps } from './gaps/gaps.ts';
import { recordGaps } from './gaps/record-gaps.ts';
import { makeInfo } from './info.ts';
import { listen } from './listen.ts';
import { type Log, makeLog } from './log.ts';
import { makeSearch } from './search-hits.ts';
import { spawnIngest } from './spawn-ingest.ts';

/** How long answers under way may go on after a signal to stop. */
const GRACE_MS = 10_000;

const NOT_TAKEN_IN = 'Not all of the docs could be taken in, for the reason above';

const pathOf = (name: string): string => fileURLToPath(new URL(`../${name}`, import.meta.url));
const out = (line: string) => process.stdout.write(`${line}\n`);
const err = (line: string) => process.stderr.write(`${line}\n`);

const stop = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    // The second time it is in earnest: nothing here needs saving.
    if (stop.signal.aborted) process.exit(1);
    stop.abort();
  });
}

// Exits by name: workers and connections of the libraries may otherwise keep the process for a while.
process.exit(await main());

async function main(): Promise<number> {
  let log = makeLog(out, err);
  try {
    if (existsSync('.env')) process.loadEnvFile('.env');
    const config = readServerConfig(process.env);
    log = makeLog(out, err, config.OPENAI_API_KEY ? [config.OPENAI_API_KEY] : []);
    return await serve(config, log);
  } catch (error) {
    if (stop.signal.aborted) return 0;
    log.error(asDocentError(error));
    return 1;
  }
}

/** Serves until a signal to stop, and gives the exit code. Throws the `DocentError` that keeps it from serving. */
async function serve(config: ServerConfig, log: Log): Promise<number> {
  const webDir = pathOf('dist/web');
  await buildWebIfStale({
    sourceDir: pathOf('web'),
    webDir,
    onBuild: () => log.info('Building the web client …'),
  });
  const embedder = await makeConfiguredEmbedder(config);
  const expected = { embedder: embedder.id, dimensions: embedder.dimensions, chunker: CHUNKER_ID };
  const store = openStoreReader({ uri: config.STORE_URI, expected });
  const chatModel = await modelOf(config.CHAT_MODEL, config);
  const checkModel = await modelOf(config.CHECK_MODEL, config);
  const gapStore = await openGaps(config, log);
  const plain = makeAnswer({
    store,
    embedder,
    ...(chatModel && { chatModel }),
    ...(checkModel && { checkModel }),
  });
  const anyAge = gapStore ? recordGaps(plain, gapStore, warnOnce(config, log)) : plain;
  const days = config.STALE_AFTER_DAYS;
  const answer = days === undefined ? anyAge : markStale(anyAge, { days, now: Date.now });
  const search = makeSearch({ store, embedder });
  const info = makeInfo({
    store,
    ...(chatModel && { model: chatModel.name }),
    feedback: gapStore !== undefined,
  });
  const gaps = gapStore && makeGaps({ gapStore, store, embedder });
  const app = makeApp({ answer, search, info, store, webDir, log, gaps });
  const listener = await listen(app, { port: config.PORT, host: config.HOST });
  try {
    const ingest = await bringIndexUpToDate(store, config, log);
    if (!ingest) return 1;
    // A search now loads the model and opens the index, so that the first question doesn't wait for them.
    await search('What is this about?', 1);
    log.info(`Docent serves ${await contentsOf(store)}, ${modeOf(chatModel)}, at ${listener.url}`);
    await stopped();
    await Promise.all([listener.close(GRACE_MS), ingest.end]);
    return 0;
  } finally {
    await listener.close(0);
    await store.close();
    await embedder.close();
    gapStore?.close();
  }
}

/**
 * Takes in what changed in the docs. An index that can be read is served meanwhile, and `end` is that
 * work's end; without one, answering waits for it. Undefined when there is still none after that and the
 * ingest has said why; throws when it is for another reason.
 */
async function bringIndexUpToDate(
  store: StoreReader,
  config: ServerConfig,
  log: Log,
): Promise<{ end: Promise<void> } | undefined> {
  const fault = await faultOf(store);
  if (!config.INGEST_ON_START) {
    if (fault) throw fault;
    return { end: Promise.resolve() };
  }
  const run = spawnIngest({
    script: pathOf('ingest/main.ts'),
    docsDir: config.DOCS_DIR,
    storeUri: config.STORE_URI,
    signal: stop.signal,
    quiet: fault === undefined,
    onOutput: (text) => process.stderr.write(text),
  });
  if (fault === undefined) {
    const end = run.then((outcome) => {
      if (outcome.kind === 'failed') log.warn(`${NOT_TAKEN_IN}; answers come from the index as it was.`);
    });
    return { end };
  }
  const { kind } = await run;
  stop.signal.throwIfAborted();
  const still = await faultOf(store);
  if (still && kind !== 'failed') throw still;
  if (still) return undefined;
  if (kind === 'failed') log.warn(`${NOT_TAKEN_IN}; the rest is served.`);
  return { end: Promise.resolve() };
}

/** Answers go on without it where its file can't be written. */
async function openGaps(config: ServerConfig, log: Log): Promise<GapStore | undefined> {
  if (!config.GAPS) return undefined;
  try {
    return await openGapStore({ file: config.GAPS_DB, retentionDays: config.GAPS_RETENTION_DAYS });
  } catch (cause) {
    log.warn(
      `Questions that the docs don’t answer are not kept: ${config.GAPS_DB} can’t be written (${cause instanceof Error ? cause.message : String(cause)}). Set GAPS_DB to another file, or GAPS=off.`,
    );
    return undefined;
  }
}

/** A full disk would otherwise be told of at each question. */
function warnOnce(config: ServerConfig, log: Log): (cause: unknown) => void {
  let told = false;
  return (cause) => {
    if (!told) log.warn(`An open question could not be kept in ${config.GAPS_DB}: ${String(cause)}`);
    told = true;
  };
}

async function faultOf(store: StoreReader): Promise<DocentError | undefined> {
  return store.current().then(() => undefined, asDocentError);
}

/** The model's library takes a moment to load and is left out where no model is configured. */
async function modelOf(model: string | undefined, config: ServerConfig): Promise<ChatModel | undefined> {
  if (model === undefined) return undefined;
  const { makeChatModel } = await import('./answer/chat-model.ts');
  const { OPENAI_API_KEY: apiKey, OPENAI_BASE_URL: baseUrl, CHAT_CONTEXT_TOKENS: wanted } = config;
  const contextTokens = wanted ?? (baseUrl && (await findContextTokens({ baseUrl, model, apiKey })));
  return makeChatModel({ model, apiKey, baseUrl, ...(contextTokens && { contextTokens }) });
}

async function contentsOf(store: StoreReader): Promise<string> {
  const documents = await (await store.current()).documents();
  const sections = documents.reduce((sum, document) => sum + document.sections.length, 0);
  return `${documents.length} documents (${sections} sections)`;
}

function modeOf(chatModel: ChatModel | undefined): string {
  return chatModel ? `answers written by ${chatModel.name}` : 'quoted answers (no CHAT_MODEL is set)';
}

function stopped(): Promise<void> {
  return new Promise((resolve) => {
    if (stop.signal.aborted) resolve();
    else stop.signal.addEventListener('abort', () => resolve());
  });
}
