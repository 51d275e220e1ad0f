import { Console } from 'node:console';
import { existsSync } from 'node:fs';
import { serveStdio } from '@modelcontextprotocol/server/stdio';
import { Command } from 'commander';
import { asDocentError } from '../knowledge/errors.ts';
import { readServerConfig, type ServerConfig, secretsOf } from './config.ts';
import { type Log, makeLog } from './log.ts';
import { makeMcpServer } from './mcp/make-mcp-server.ts';
import { type Docent, openDocent } from './open-docent.ts';
import { addPlaceOptions, type PlaceFlags, withPlaces } from './place-options.ts';
import { updateIndex } from './update-index.ts';

const command = new Command('npm run mcp --').description(
  'The Model Context Protocol over standard input and output; ends when its input does.',
);

addPlaceOptions(command);

const err = (line: string) => process.stderr.write(`${line}\n`);
// Standard output is the protocol's alone, whatever a library wants to say.
globalThis.console = new Console(process.stderr);

const stop = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => stop.abort());

// Exits by name: workers and connections of the libraries may otherwise keep the process for a while.
process.exit(await main());

async function main(): Promise<number> {
  let log = makeLog(err, err);
  try {
    command.parse();
    if (existsSync('.env')) process.loadEnvFile('.env');
    const flags = command.opts<PlaceFlags>();
    const config = readServerConfig(withPlaces(process.env, flags));
    log = makeLog(err, err, secretsOf(config));
    const docent = await openDocent(config, log);
    try {
      await serve(docent, config, log);
    } finally {
      await docent.close();
    }
    return 0;
  } catch (error) {
    if (stop.signal.aborted) return 0;
    log.error(asDocentError(error));
    return 1;
  }
}

/** Serves until its input ends. Tools wait for the first index; with one, the ingest runs beside them. */
async function serve(docent: Docent, config: ServerConfig, log: Log): Promise<void> {
  const { store, search, answer } = docent;
  const onOutput = (text: string) => process.stderr.write(text);
  const index = updateIndex({ store, config, log, signal: stop.signal, onOutput, quiet: true });
  // Whoever asks is told by the store what is wrong with it.
  const ready = index.then(
    () => undefined,
    (error: unknown) => log.error(asDocentError(error)),
  );
  const door = {
    log,
    audiences: 'all' as const,
    store: {
      ...store,
      current: (...given: Parameters<typeof store.current>) => ready.then(() => store.current(...given)),
    },
    search: (...given: Parameters<typeof search>) => ready.then(() => search(...given)),
    async *answer(...given: Parameters<typeof answer>) {
      await ready;
      yield* answer(...given);
    },
  };
  const handle = serveStdio(() => makeMcpServer(door));
  await new Promise<void>((resolve) => {
    process.stdin.once('close', resolve);
    stop.signal.addEventListener('abort', () => resolve());
  });
  await handle.close();
  stop.abort();
  await (await index.catch(() => undefined))?.end;
}
