import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** The real server as a process of its own. */
export type SpawnedMain = {
  readonly child: ChildProcess;
  /** Resolves with the address once it serves; rejects with what it said if it ends before. */
  readonly url: Promise<string>;
  /** Resolves once the server has said this on stderr. */
  complained(words: string): Promise<void>;
  /** Resolves with exit code and output when it has ended. */
  readonly ended: Promise<{ code: number | null; stdout: string; stderr: string }>;
};

const SETTINGS =
  /^(?:DOCS_DIR|STORE_URI|PORT|HOST|CHAT_|CHECK_MODEL|OPENAI_|EMBEDDING_MODEL|INGEST_|STOP_|ACCESS_|LOG_|(?:NO|FORCE)_COLOR)/;

/** The environment without what Docent reads of it. */
export function withoutSettings(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !SETTINGS.test(name)));
}

/** Starts `server/main.ts` on a free port with these settings only; where Node is given more, with a channel to the child. */
export function spawnMain(
  settings: Readonly<Record<string, string>>,
  execArgv: readonly string[] = [],
): SpawnedMain {
  const child = spawn(process.execPath, ['--import', 'tsx', ...execArgv, 'server/main.ts'], {
    cwd: root,
    env: { ...withoutSettings(process.env), PORT: '0', GAPS: 'off', ...settings },
    stdio: ['ignore', 'pipe', 'pipe', ...(execArgv.length > 0 ? ['ipc' as const] : [])],
  });
  let stdout = '';
  let stderr = '';
  const listeners = new Set<() => void>();
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
    for (const look of listeners) look();
  });
  const complained = (words: string) =>
    new Promise<void>((resolve) => {
      const look = () => {
        if (stderr.includes(words)) resolve();
      };
      listeners.add(look);
      look();
    });
  const url = new Promise<string>((resolve, reject) => {
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
      const found = /at (http:\S+)/.exec(stdout)?.[1];
      if (found) resolve(found);
    });
    child.on('close', () => reject(new Error(`ended before serving: ${stdout}${stderr}`)));
  });
  // Tests of a failing start look at `ended` only.
  url.catch(() => {});
  const ended = new Promise<{ code: number | null; stdout: string; stderr: string }>((resolve) => {
    child.on('close', (code) => resolve({ code, stdout, stderr }));
  });
  return { child, url, complained, ended };
}
