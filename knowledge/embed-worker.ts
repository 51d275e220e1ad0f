import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { dot } from './dot.ts';
import {
  batchItems,
  batchTokens,
  groupByLength,
  maxTokens,
  planWindows,
  type Window,
} from './embed-windows.ts';
import type { Passage, Turn } from './embedder.ts';
import { loadTokenizer } from './tokenizer.ts';

export type EmbedWorkerData = { readonly modelDir: string; readonly threads: number };

export type EmbedRequest =
  | { readonly type: 'query'; readonly id: number; readonly text: string; readonly turn?: Turn | undefined }
  | { readonly type: 'passages'; readonly id: number; readonly passages: readonly Passage[] }
  | { readonly type: 'cancel'; readonly id: number }
  /** The worker ends after the batch that it is at. */
  | { readonly type: 'close' };

/**
 * `vectors`: unit vectors one after another; of a query one, of passages for each passage its own and
 * then its sentences'. `tokens`: how many the model read for it, padding not counted.
 */
export type EmbedReply =
  | { readonly type: 'ready' }
  | {
      readonly type: 'vectors';
      readonly id: number;
      readonly vectors: Float32Array<ArrayBuffer>;
      readonly tokens: number;
    }
  | { readonly type: 'failed'; readonly id: number; readonly message: string };

type Part = { readonly window: Window; readonly offset: number };
type Job = {
  readonly id: number;
  readonly groups: Part[][];
  readonly vectors: Float32Array<ArrayBuffer>;
  tokens: number;
};

const dimensions = 384;
async function serve(port: NonNullable<typeof parentPort>, { modelDir, threads }: EmbedWorkerData) {
  const tokenizer = loadTokenizer(modelDir);
  const [cls, sep] = [101, 102];
  const tail = [sep];
  const queryFrame = { head: [cls, ...tokenizer.encode('query:')], tail, maxTokens };
  const passageFrame = { head: [cls, ...tokenizer.encode('passage:')], tail, maxTokens };
  // Threads that spin while they wait make everything four times slower once another process is busy.
  const session = await InferenceSession.create(join(modelDir, 'model.onnx'), {
    intraOpNumThreads: threads,
    extra: { session: { intra_op: { allow_spinning: '0' } } },
  });
  const questions: Job[] = [];
  /** What nobody waits for in front of a screen. */
  const patient: Job[] = [];
  let working = false;

  function jobOf(request: Exclude<EmbedRequest, { type: 'cancel' | 'close' }>): Job {
    const parts: Part[] = [];
    let offset = 0;
    const lay = (windows: Window[], sentences: number) => {
      for (const window of windows) parts.push({ window, offset });
      offset += (1 + sentences) * dimensions;
    };
    if (request.type === 'query') {
      const [first] = planWindows({ context: [], sentences: [tokenizer.encode(request.text)] }, queryFrame);
      lay(first ? [{ ids: first.ids, spans: [] }] : [], 0);
    } else {
      for (const { context, sentences } of request.passages) {
        const tokens = {
          context: tokenizer.encode(context),
          sentences: sentences.map((s) => tokenizer.encode(s)),
        };
        lay(planWindows(tokens, passageFrame), sentences.length);
      }
    }
    const groups = groupByLength(
      parts.map((part) => part.window.ids.length),
      batchTokens,
      batchItems,
    );
    return {
      id: request.id,
      groups: groups.map((group) => group.flatMap((index) => parts[index] ?? [])),
      vectors: new Float32Array(offset),
      tokens: 0,
    };
  }

  async function runGroup(job: Job, parts: readonly Part[]) {
    const width = Math.max(...parts.map(({ window }) => window.ids.length));
    const ids = new BigInt64Array(parts.length * width);
    const mask = new BigInt64Array(parts.length * width);
    for (const [row, { window }] of parts.entries()) {
      for (const [column, id] of window.ids.entries()) {
        ids[row * width + column] = BigInt(id);
        mask[row * width + column] = 1n;
      }
      job.tokens += window.ids.length;
    }
    const shape = [parts.length, width];
    const output = await session.run({
      input_ids: new Tensor('int64', ids, shape),
      attention_mask: new Tensor('int64', mask, shape),
      token_type_ids: new Tensor('int64', new BigInt64Array(parts.length * width), shape),
    });
    const hidden = output.last_hidden_state?.data;
    if (!(hidden instanceof Float32Array)) throw new Error('the model gave no last_hidden_state');
    for (const [row, part] of parts.entries()) pool(job.vectors, part, hidden, row * width * dimensions);
  }

  async function work() {
    if (working) return;
    working = true;
    for (;;) {
      const queue = questions.length > 0 ? questions : patient;
      const job = queue[0];
      if (!job) break;
      const group = job.groups.shift();
      try {
        if (group) await runGroup(job, group);
        if (job.groups.length === 0) {
          drop(job.id);
          finish(job);
        }
      } catch (error) {
        drop(job.id);
        reply({
          type: 'failed',
          id: job.id,
          message: error instanceof Error ? error.message : String(error),
        });
      }
      // Lets questions and cancellations that came in meanwhile be read before the next batch.
      await nextTurn();
    }
    working = false;
  }

  function finish(job: Job) {
    normaliseAll(job.vectors);
    reply({ type: 'vectors', id: job.id, vectors: job.vectors, tokens: job.tokens });
  }

  function drop(id: number) {
    for (const queue of [questions, patient]) {
      const at = queue.findIndex((job) => job.id === id);
      if (at >= 0) queue.splice(at, 1);
    }
  }

  function reply(message: EmbedReply) {
    port.postMessage(message, message.type === 'vectors' ? [message.vectors.buffer] : []);
  }

  port.on('message', (request: EmbedRequest) => {
    if (request.type === 'cancel') return drop(request.id);
    if (request.type === 'close') {
      questions.length = 0;
      patient.length = 0;
      return port.close();
    }
    (request.type === 'query' && request.turn !== 'last' ? questions : patient).push(jobOf(request));
    void work();
  });
  reply({ type: 'ready' });
}

/** Adds the sum of all tokens to the passage's vector and of each span to its sentence's. */
function pool(vectors: Float32Array, { window, offset }: Part, hidden: Float32Array, base: number) {
  addTokens(vectors, offset, hidden, base, 0, window.ids.length);
  for (const { sentence, start, end } of window.spans) {
    const from = start === end ? 0 : start;
    const to = start === end ? window.ids.length : end;
    addTokens(vectors, offset + (1 + sentence) * dimensions, hidden, base, from, to);
  }
}

function addTokens(
  into: Float32Array,
  at: number,
  hidden: Float32Array,
  base: number,
  start: number,
  end: number,
) {
  for (let token = start; token < end; token++) {
    const from = base + token * dimensions;
    for (let d = 0; d < dimensions; d++) into[at + d] = (into[at + d] ?? 0) + (hidden[from + d] ?? 0);
  }
}

/** The mean's direction is the sum's, so each sum only needs its length brought to one. */
function normaliseAll(vectors: Float32Array) {
  for (let at = 0; at < vectors.length; at += dimensions) {
    const vector = vectors.subarray(at, at + dimensions);
    const length = Math.sqrt(dot(vector, vector));
    if (length > 0) for (let d = 0; d < dimensions; d++) vector[d] = (vector[d] ?? 0) / length;
  }
}

if (parentPort) await serve(parentPort, workerData);
