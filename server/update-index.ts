import { fileURLToPath } from 'node:url';
import { docsSource, otherSource } from '../knowledge/docs-source.ts';
import { asDocentError, type DocentError } from '../knowledge/errors.ts';
import type { StoreReader } from '../knowledge/snapshot.ts';
import type { ServerConfig } from './config.ts';
import type { Log } from './log.ts';
import { spawnIngest } from './spawn-ingest.ts';

const NOT_TAKEN_IN = 'Not all of the docs could be taken in, for the reason above';
const INGEST = fileURLToPath(new URL('../ingest/main.ts', import.meta.url));

export type UpdateIndexOptions = {
  readonly store: StoreReader;
  readonly config: Pick<ServerConfig, 'DOCS_DIR' | 'STORE_URI' | 'INGEST_ON_START' | 'docsNamed'>;
  readonly log: Log;
  /** Ends the ingest. */
  readonly signal: AbortSignal;
  /** Gets what the ingest says. */
  readonly onOutput: (text: string) => void;
  /** Keep progress to itself also where there is no index yet. */
  readonly quiet?: boolean;
};

/**
 * Takes in what changed in the docs. Those of another place are replaced only when `DOCS_DIR` is somebody's word. An
 * index that can be read is served meanwhile, and `end` is that work's end; without one, answering waits for it.
 * Undefined when there is still none after that and the ingest has said why; throws when it is for another reason.
 */
export async function updateIndex(options: UpdateIndexOptions): Promise<{ end: Promise<void> } | undefined> {
  const { store, config, log, signal, onOutput } = options;
  const fault = await faultOf(store);
  if (!config.INGEST_ON_START) {
    if (fault) throw fault;
    return { end: Promise.resolve() };
  }
  const other = await otherSource(store, docsSource(config.DOCS_DIR));
  if (other !== undefined && !config.docsNamed) {
    log.warn(
      `The index holds the docs of ${other}, and stays as it is, since DOCS_DIR isn’t set. For what is new there, or for other docs, set DOCS_DIR or run: npm run ingest -- DIR`,
    );
    if (fault) throw fault;
    return { end: Promise.resolve() };
  }
  if (other !== undefined) {
    log.warn(`The index holds the docs of ${other}. Those that DOCS_DIR names are to take their place.`);
  }
  const run = spawnIngest({
    script: INGEST,
    docsDir: config.DOCS_DIR,
    storeUri: config.STORE_URI,
    signal,
    quiet: options.quiet ?? fault === undefined,
    onOutput,
  });
  if (fault === undefined) {
    const end = run.then((outcome) => {
      if (outcome.kind === 'failed') log.warn(`${NOT_TAKEN_IN}; answers come from the index as it was.`);
    });
    return { end };
  }
  const { kind } = await run;
  signal.throwIfAborted();
  const still = await faultOf(store);
  if (still && kind !== 'failed') throw still;
  if (still) return undefined;
  if (kind === 'failed') log.warn(`${NOT_TAKEN_IN}; the rest is served.`);
  return { end: Promise.resolve() };
}

async function faultOf(store: StoreReader): Promise<DocentError | undefined> {
  return store.current().then(() => undefined, asDocentError);
}
