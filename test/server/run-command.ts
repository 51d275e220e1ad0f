import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { withoutSettings } from './spawn-main.ts';

export type RunOptions = {
  readonly args?: readonly string[];
  /** Environment, besides what isn't Docent's. */
  readonly settings?: Readonly<Record<string, string>>;
  readonly input?: string | Uint8Array;
  /** Close its output after the first piece, as `head -1` does. */
  readonly closeEarly?: boolean;
};

export type Ran = { readonly code: number | null; readonly stdout: string; readonly stderr: string };

/** Runs one of the mains as a process of its own, to its end. */
export function runCommand(script: string, options: RunOptions): Promise<Ran> {
  const { args = [], settings = {}, input = '', closeEarly = false } = options;
  const child = spawn(process.execPath, ['--import', 'tsx', script, ...args], {
    cwd: fileURLToPath(new URL('../..', import.meta.url)),
    env: { ...withoutSettings(process.env), GAPS: 'off', ...settings },
    stdio: 'pipe',
  });
  child.stdin.end(input);
  return new Promise((resolve) => {
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
      if (closeEarly) child.stdout.destroy();
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    child.on('close', (code) => resolve({ code, stdout, stderr }));
  });
}
