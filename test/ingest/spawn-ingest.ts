import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));

export type Outcome = { readonly code: number | null; readonly stdout: string; readonly stderr: string };

/** `npm run ingest -- ...`, without npm: what it said so far, and how it ended. */
export function startIngest(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const { STORE_URI: _store, DOCS_DIR: _docs, EMBEDDING_MODEL: _model, ...inherited } = process.env;
  const child: ChildProcess = spawn(process.execPath, ['--import', 'tsx', 'ingest/main.ts', ...args], {
    cwd: root,
    env: { ...inherited, ...env },
  });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  const said = { stdout: '', stderr: '' };
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    said.stdout += text;
  });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    said.stderr += text;
  });
  const ended = new Promise<Outcome>((resolve) => {
    child.on('close', (code) => resolve({ code, ...said }));
  });
  return { child, said, ended };
}

/** As `startIngest`, to its end. */
export const ingest = (args: readonly string[], env?: Readonly<Record<string, string>>) =>
  startIngest(args, env).ended;
