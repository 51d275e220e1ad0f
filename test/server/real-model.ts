import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { shared } from '../shared.ts';

export type RealModel = {
  readonly baseUrl: string;
  /** Number of answers being written now. */
  busy(): Promise<number>;
  close(): Promise<void>;
};

const weights = shared('llm/SmolLM2-135M-Instruct.Q4_1.gguf');

/** The small real model's server; `there` is false where `../shared` is absent. */
export const llamaServer = shared('llm/llama-server');

/**
 * Starts the small real model on a free port and waits until it can answer. One thread: on a busy machine
 * several wait for each other at every token.
 */
export async function startRealModel(contextTokens = 8192): Promise<RealModel> {
  if (!llamaServer.there || !weights.there) throw new Error('../shared/llm is absent');
  const port = await freePort();
  const options = ['--host', '127.0.0.1', '--port', String(port), '-c', String(contextTokens), '-t', '1'];
  const child = spawn(llamaServer.path, ['-m', weights.path, ...options, '--slots'], { stdio: 'ignore' });
  const ended = new Promise<void>((resolve) => child.on('close', () => resolve()));
  const url = `http://127.0.0.1:${port}`;
  while (!(await isWell(url))) {
    if (child.exitCode !== null) throw new Error(`llama-server ended with code ${child.exitCode}`);
    await delay(100);
  }
  return {
    baseUrl: `${url}/v1`,
    async busy() {
      const slots: unknown = await (await fetch(`${url}/slots`)).json();
      return Array.isArray(slots) ? slots.filter((slot) => slot.is_processing === true).length : 0;
    },
    async close() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

async function isWell(url: string): Promise<boolean> {
  return fetch(`${url}/health`).then(
    (response) => response.ok,
    () => false,
  );
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
