import { readFileSync, rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { readQuestions } from '../../eval/corpora.ts';
import { tokensOf } from '../../server/scripted-model.ts';
import { spawnMain } from '../../server/spawn-main.ts';
import { asker, startProcess } from './asks.ts';
import type { BareServer } from './bare-main.ts';
import type { Clients } from './clients-main.ts';
import type { LoadModel } from './model-main.ts';
import type { Probe } from './probe.ts';

/** Milliseconds that the model takes for its first token. */
export const MODEL_DELAY_MS = 200;

const PROBE = new URL('probe-main.ts', import.meta.url).href;
/** While an answer is taken down for the bare server. */
const FAST = 250;
const SENTENCES =
  'A managed service provider looks after the computers of other companies for a recurring fee [1]. Its technicians watch devices from afar, and mend most of what breaks before anybody notices [2]. What was done is written into a ticket, with the time that it took [1]. ';

/** Docent, the bare server, the model and the readers, each a process of its own. */
export type Stage = Awaited<ReturnType<typeof setStage>>;

/** Starts all of them over an index of docs/. */
export async function setStage() {
  const folder = await mkdtemp(join(tmpdir(), 'docent-load-'));
  const storeUri = join(folder, 'store');
  const model = startProcess<LoadModel>('model-main.ts');
  const bare = startProcess<BareServer>('bare-main.ts');
  const clients = startProcess<Clients>('clients-main.ts');
  const [baseUrl, bareUrl] = await Promise.all([model.ask('start'), bare.ask('start')]);
  const settings = { DOCS_DIR: 'docs', STORE_URI: storeUri, ...memoryOfTheImage() };
  const written = { CHAT_MODEL: 'openai:load', OPENAI_BASE_URL: baseUrl, CHAT_CONTEXT_TOKENS: '8192' };
  const server = spawnMain({ ...settings, ...written }, ['--expose-gc', '--import', PROBE]);
  const url = await server.url;
  await model.ask('play', { tokens: ['Yes', '.'], perSecond: FAST, delay: 0 });
  const questions: string[] = [];
  for (const { question, answerable, history } of readQuestions('test/eval/golden.jsonl')) {
    // One that the model isn't asked about would be no stream to hold.
    if (answerable && !history && isWritten(await ask(url, question))) questions.push(question);
  }

  /** Makes both servers stream answers of so many tokens at that rate, the same bytes. */
  async function play(count: number, perSecond: number): Promise<void> {
    const sentences = SENTENCES.repeat(Math.ceil(count / tokensOf(SENTENCES).length));
    const tokens = tokensOf(sentences).slice(0, count);
    await model.ask('play', { tokens, perSecond: FAST, delay: 0 });
    const answer = await ask(url, questions[0] ?? '');
    if (!isWritten(answer)) throw new Error(`The answer was not written: ${answer.slice(-300)}`);
    const frames = answer.split(/(?<=\n\n)/);
    const isDelta = (frame: string): boolean => frame.startsWith('event: delta');
    const first = frames.findIndex(isDelta);
    const last = frames.findLastIndex(isDelta);
    await bare.ask('play', {
      head: frames.slice(0, first).join(''),
      frames: frames.slice(first, last + 1),
      tail: frames.slice(last + 1).join(''),
      perSecond,
      delay: MODEL_DELAY_MS,
    });
    await model.ask('play', { tokens, perSecond, delay: MODEL_DELAY_MS });
    await model.ask('firsts');
  }

  return {
    folder,
    storeUri,
    url,
    bareUrl,
    questions,
    model,
    bare,
    clients,
    probe: asker<Probe>(server.child),
    play,
    async strike(): Promise<void> {
      await clients.end();
      server.child.kill('SIGKILL');
      await Promise.all([server.ended, model.end(), bare.end()]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** How the image's server deals with memory, from the Dockerfile. */
function memoryOfTheImage(): Record<string, string> {
  const settings = readFileSync('Dockerfile', 'utf8').matchAll(/\b(MALLOC_\w+)=(\d+)/g);
  return Object.fromEntries([...settings].map(([, name = '', value = '']) => [name, value]));
}

/** Looks again and again until it holds; false when that takes longer than `ms`. */
export async function eventually(holds: () => Promise<boolean>, ms: number): Promise<boolean> {
  for (const until = performance.now() + ms; performance.now() < until; await delay(50)) {
    if (await holds()) return true;
  }
  return false;
}

async function ask(url: string, content: string): Promise<string> {
  const response = await fetch(`${url}/api/chat`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ messages: [{ role: 'user', content }] }),
  });
  return response.text();
}

function isWritten(answer: string): boolean {
  return answer.includes('"mode":"written"');
}
