import { spawn } from 'node:child_process';

export type SpawnIngestOptions = {
  /** Path of `ingest/main.ts`. */
  readonly script: string;
  readonly docsDir: string;
  readonly storeUri: string;
  /** Ends the ingest; what it has committed stays. */
  readonly signal?: AbortSignal;
  /** Keep its progress off the terminal, and show what it said only if it failed. */
  readonly quiet?: boolean;
  readonly onOutput: (text: string) => void;
};

/** How an ingest went; `failed` also when only some files failed and the others are in. */
export type IngestOutcome = { readonly kind: 'done' | 'failed' | 'aborted' };

/** In MB, as `npm run ingest` has it: a document's nodes live until it is cut, and are copied less often. */
const YOUNG_GENERATION = '--max-semi-space-size=32';

/**
 * Runs the ingest as a process of its own: it is the only writer, and its memory and its faults stay out
 * of the server. What went wrong is told once, by itself on the terminal, or by `onOutput` when quiet.
 */
export function spawnIngest(options: SpawnIngestOptions): Promise<IngestOutcome> {
  const { script, docsDir, storeUri, signal, quiet = false, onOutput } = options;
  return new Promise((resolve) => {
    const child = spawn(
      process.execPath,
      [YOUNG_GENERATION, '--import', import.meta.resolve('tsx'), script, docsDir, '--store', storeUri],
      { stdio: ['ignore', 'pipe', quiet ? 'pipe' : 'inherit'] },
    );
    let said = '';
    const listen = (stream: NodeJS.ReadableStream | null): void => {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        if (quiet) said += text;
        else onOutput(text);
      });
    };
    listen(child.stdout);
    listen(child.stderr);
    const end = (): void => {
      child.kill('SIGTERM');
    };
    if (signal?.aborted) end();
    signal?.addEventListener('abort', end);
    child.on('error', (error) => {
      onOutput(`The ingest can't be started: ${error.message}\n`);
      resolve({ kind: 'failed' });
    });
    child.on('close', (code, killer) => {
      signal?.removeEventListener('abort', end);
      if (signal?.aborted) return resolve({ kind: 'aborted' });
      if (code === 0) return resolve({ kind: 'done' });
      if (quiet) onOutput(said);
      if (killer) onOutput(`The ingest was ended by ${killer}. Run it again: npm run ingest\n`);
      resolve({ kind: 'failed' });
    });
  });
}
