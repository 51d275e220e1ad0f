import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type Script, type ScriptedModel, startScriptedModel, tokensOf } from './scripted-model.ts';
import { type SpawnedMain, spawnMain, withoutSettings } from './spawn-main.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const ANSWER = tokensOf('An RMM watches the devices of a client from afar [1].');

let folder: string;
let docsDir: string;
/** An index of the docs, which each test gets a copy of. */
let made: string;
let running: SpawnedMain[] = [];
let models: ScriptedModel[] = [];

function start(storeUri: string, settings: Readonly<Record<string, string>> = {}): SpawnedMain {
  const spawned = spawnMain({ DOCS_DIR: docsDir, STORE_URI: storeUri, ...settings });
  running.push(spawned);
  return spawned;
}

/** A server whose answers are written by this script. */
async function startWriting(
  script: Script,
  settings: Readonly<Record<string, string>> = {},
): Promise<SpawnedMain & { model: ScriptedModel; address: string }> {
  const model = await startScriptedModel(script);
  models.push(model);
  const spawned = start(made, {
    INGEST_ON_START: 'off',
    CHAT_MODEL: 'openai:small',
    OPENAI_BASE_URL: model.baseUrl,
    CHAT_CONTEXT_TOKENS: '8192',
    ...settings,
  });
  return { ...spawned, model, address: await spawned.url };
}

function ask(url: string): Promise<Response> {
  const body = JSON.stringify({ messages: [{ role: 'user', content: 'What is an RMM?' }] });
  const headers = { 'content-type': 'application/json' };
  return fetch(`${url}/api/chat`, { method: 'POST', body, headers });
}

async function isRefused(url: string): Promise<boolean> {
  return fetch(`${url}/healthz`).then(
    () => false,
    () => true,
  );
}

async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 10));
}

/** Begins a rebuild of the index and stops it in the middle; `goOn` lets it end and gives its exit code. */
async function rebuildHalfway(storeUri: string): Promise<{ goOn: () => Promise<number | null> }> {
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', 'ingest/main.ts', docsDir, '--store', storeUri, '--full'],
    { cwd: root, env: withoutSettings(process.env), stdio: 'ignore' },
  );
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
  await until(() => existsSync(join(storeUri, 'writer.lock')));
  child.kill('SIGSTOP');
  return {
    goOn: () => {
      child.kill('SIGCONT');
      return ended;
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address ? address.port : 0;
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'docent-stop-'));
  docsDir = join(folder, 'docs');
  made = join(folder, 'store');
  await mkdir(docsDir);
  await writeFile(
    join(docsDir, 'rmm.md'),
    '# RMM\n\n## What Is an RMM?\n\nAn RMM watches, maintains and controls the devices of a client from afar.\n',
  );
  const { child, url, ended } = start(made);
  await url;
  child.kill('SIGTERM');
  await ended;
});
afterEach(async () => {
  for (const { child } of running) child.kill('SIGKILL');
  await Promise.all(running.map(({ ended }) => ended));
  await Promise.all(models.map((model) => model.close()));
  running = [];
  models = [];
});
afterAll(() => rm(folder, { recursive: true }));

describe('SIGTERM', () => {
  test('takes no more connections, lets the answer under way finish, and exits with 0', async () => {
    const { child, ended, address } = await startWriting({ tokens: ANSWER, pause: 100 });
    const answer = await ask(address);
    child.kill('SIGTERM');
    await until(() => isRefused(address));
    expect(child.exitCode).toBeNull();
    expect(await answer.text()).toContain('event: done');
    expect((await ended).code).toBe(0);
  });

  test('cuts an answer that goes on beyond STOP_GRACE, and its model call with it, and exits with 0', async () => {
    const { child, ended, address, model } = await startWriting(
      { tokens: ANSWER, hang: true },
      { STOP_GRACE: '1' },
    );
    const answer = await ask(address);
    child.kill('SIGTERM');
    await expect(answer.text()).rejects.toThrow();
    expect((await ended).code).toBe(0);
    await model.until(() => model.aborted === 1);
  });
});

test.skipIf(process.platform === 'win32')('a signal to npm start ends the server, too', async () => {
  const npm = spawn('npm', ['start'], {
    cwd: root,
    env: {
      ...withoutSettings(process.env),
      PORT: '0',
      GAPS: 'off',
      STORE_URI: made,
      INGEST_ON_START: 'off',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const closed = new Promise((resolve) => npm.on('close', resolve));
  let said = '';
  let address: string | undefined;
  for await (const piece of npm.stdout) {
    said += String(piece);
    address ??= /at (http:\S+)\n/.exec(said)?.[1];
    if (address !== undefined) npm.kill('SIGTERM');
  }
  // The server holds the other end of its output until it has ended.
  await closed;
  expect(address !== undefined && (await isRefused(address))).toBe(true);
});

describe('a start', () => {
  test('while the index is rebuilt serves the old one, and the new one when it is done', async () => {
    const storeUri = join(folder, 'rebuilt');
    await cp(made, storeUri, { recursive: true });
    const rebuild = await rebuildHalfway(storeUri);
    const { url, complained } = start(storeUri);
    const address = await url;
    const version = async () => (await (await fetch(`${address}/readyz`)).json()).version;
    expect(await version()).toBe(1);
    expect(await (await ask(address)).text()).toContain('"version":1');
    await complained('answers come from the index as it was');
    expect(await rebuild.goOn()).toBe(0);
    await until(async () => (await version()) === 2);
    expect(await (await ask(address)).text()).toContain('"version":2');
  });

  test('without an index is alive but not ready, until the first ingest is done', async () => {
    const port = String(await freePort());
    const address = `http://127.0.0.1:${port}`;
    const { url } = start(join(folder, 'first'), { PORT: port });
    await until(async () => !(await isRefused(address)));
    const early = await fetch(`${address}/readyz`);
    expect([early.status, (await early.json()).code]).toEqual([503, 'store_missing']);
    await url;
    expect((await fetch(`${address}/readyz`)).status).toBe(200);
  });
});

test('a model that goes away is made up for by quotes that say so, and writes again when it is back', async () => {
  const { address, model } = await startWriting({ tokens: ANSWER });
  const answer = async () => (await ask(address)).text();
  expect(await answer()).toContain('"mode":"written"');
  await model.close();
  const instead = await answer();
  expect(instead).toContain('"mode":"quoted"');
  expect(instead).toContain('The language model can’t write just now');
  await model.reopen();
  expect(await answer()).toContain('"mode":"written"');
});
