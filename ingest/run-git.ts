import { execFile } from 'node:child_process';

/** What git said, or that it could not be started or took too long. */
export type GitOutcome =
  | { readonly kind: 'done'; readonly stdout: string }
  | { readonly kind: 'missing' | 'timed-out' }
  | { readonly kind: 'failed'; readonly stderr: string };

const MOST_OUTPUT = 256 * 1024 * 1024;

/** Set by hooks and wrappers around this process; they would lead git to another repository. */
const LEADING = ['GIT_DIR', 'GIT_WORK_TREE', 'GIT_INDEX_FILE', 'GIT_OBJECT_DIRECTORY', 'GIT_COMMON_DIR'];

/**
 * Runs git without a shell and without prompts, over no transport but https, http, ssh, git and file. `settings`
 * are handed over in the environment: neither the process list nor a file shows them. `timeout` in milliseconds.
 */
export function runGit(
  args: readonly string[],
  {
    settings = {},
    timeout,
    signal,
  }: { settings?: Readonly<Record<string, string>>; timeout: number; signal?: AbortSignal | undefined },
): Promise<GitOutcome> {
  const pairs = Object.entries({ 'core.hooksPath': '/dev/null', 'core.quotePath': 'false', ...settings });
  const env: Record<string, string | undefined> = {
    GIT_SSH_COMMAND: 'ssh -o BatchMode=yes',
    ...process.env,
    LC_ALL: 'C',
    GIT_ALLOW_PROTOCOL: 'https:http:ssh:git:file',
    GIT_TERMINAL_PROMPT: '0',
    GIT_CONFIG_COUNT: String(pairs.length),
  };
  for (const name of LEADING) delete env[name];
  for (const [index, [key, value]] of pairs.entries()) {
    env[`GIT_CONFIG_KEY_${index}`] = key;
    env[`GIT_CONFIG_VALUE_${index}`] = value;
  }
  return new Promise((resolve, reject) => {
    const options = { env, timeout, maxBuffer: MOST_OUTPUT, ...(signal && { signal }) };
    execFile('git', [...args], options, (error, stdout, stderr) => {
      if (!error) resolve({ kind: 'done', stdout });
      else if (signal?.aborted) reject(error);
      else if (error.code === 'ENOENT') resolve({ kind: 'missing' });
      else if (error.killed) resolve({ kind: 'timed-out' });
      else resolve({ kind: 'failed', stderr });
    });
  });
}
