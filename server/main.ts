import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { asDocentError } from '../knowledge/errors.ts';
import { openAccess } from './access/open-access.ts';
import type { ChatModel } from './answer/chat-model.ts';
import { makeApp } from './app.ts';
import { buildWebIfStale } from './build-web.ts';
import { readServerConfig, type ServerConfig, secretsOf } from './config.ts';
import { contentsOf } from './contents.ts';
import { makeGaps } from './gaps/gaps.ts';
import { makeInfo } from './info.ts';
import { listen } from './listen.ts';
import { type Log, makeLog } from './log.ts';
import { openDocent } from './open-docent.ts';
import { updateIndex } from './update-index.ts';
import { whenOrphaned } from './when-orphaned.ts';

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
// A signal to npm has come when its shell is gone. What is started otherwise may outlive who started it.
if (process.env.npm_lifecycle_event !== undefined) whenOrphaned(() => stop.abort());

// Exits by name: workers and connections of the libraries may otherwise keep the process for a while.
process.exit(await main());

async function main(): Promise<number> {
  let log = makeLog(out, err);
  try {
    if (existsSync('.env')) process.loadEnvFile('.env');
    const config = readServerConfig(process.env);
    const secrets = secretsOf(config);
    log =
      config.LOG_FORMAT === 'json'
        ? (await import('./json-log.ts')).makeJsonLog(out, secrets)
        : makeLog(out, err, secrets);
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
  const docent = await openDocent(config, log, { measured: true });
  const { store, embedder, answer, limits, search, chatModel, gapStore } = docent;
  const info = makeInfo({
    store,
    ...(chatModel && { model: chatModel.name }),
    feedback: gapStore !== undefined,
  });
  const gaps = gapStore && makeGaps({ gapStore, store, embedder });
  const access = await openAccess(config, log);
  const app = makeApp({
    answer,
    search,
    info,
    status: docent.status,
    store,
    webDir,
    log,
    gaps,
    access,
    limits,
    admitTexts: docent.admitTexts,
    metrics: docent.metrics,
    traces: docent.traces,
    allowedOrigins: config.ALLOWED_ORIGINS,
    embedder,
    host: config.HOST,
    publicUrl: config.PUBLIC_URL,
  });
  const listener = await listen(app, { port: config.PORT, host: config.HOST });
  try {
    const ingest = await updateIndex({
      store,
      config,
      log,
      signal: stop.signal,
      onOutput: (text) => process.stderr.write(text),
    });
    if (!ingest) return 1;
    // A search now loads the model and opens the index, so that the first question doesn't wait for them.
    await search('What is this about?', 1);
    const { documents, sections } = await contentsOf(await store.current());
    const contents = `${documents} documents (${sections} sections)`;
    log.info(`Docent serves ${contents}, ${modeOf(chatModel)}, at ${listener.url}`);
    await stopped();
    await Promise.all([listener.close(config.STOP_GRACE * 1000), ingest.end]);
    return 0;
  } finally {
    await listener.close(0);
    await docent.close();
  }
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
