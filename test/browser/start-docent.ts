import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Docent as `npm start` runs it, over a fresh index and no settings of this shell. */
export type Docent = { readonly url: string; stop(): Promise<void> };

/** Starts it on a free port and waits until it serves. Fails with what it has said. */
export async function startDocent(environment: Record<string, string> = {}): Promise<Docent> {
  const store = mkdtempSync(join(tmpdir(), 'docent-store-'));
  const { PATH = '', HOME = '' } = process.env;
  const child = spawn(process.execPath, ['--import', 'tsx', 'server/main.ts'], {
    cwd: root,
    env: { PATH, HOME, STORE_URI: store, PORT: '0', GAPS: 'off', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const stop = async () => {
    child.kill('SIGTERM');
    await ended;
    rmSync(store, { recursive: true, force: true });
  };
  let said = '';
  const url = await new Promise<string | undefined>((resolve) => {
    const hear = (text: Buffer) => {
      said += text.toString();
      const serving = /Docent serves .* at (http:\/\/\S+)/.exec(said)?.[1];
      if (serving) resolve(serving);
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    void ended.then(() => resolve(undefined));
  });
  if (url) return { url, stop };
  await stop();
  throw new Error(`Docent didn't start:\n${said}`);
}
