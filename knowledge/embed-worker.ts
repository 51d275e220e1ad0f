import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { dot } from './dot.ts';
import { dimensions, type Window } from './embed-windows.ts';

/** `keepsMemory`: what the largest run took is kept for the next ones, which makes many of them faster. */
export type EmbedWorkerData = { readonly modelDir: string; readonly keepsMemory: boolean };

/** A question or a passage: the windows that hold it, and how many sentences are in them. */
export type EmbedTask = { readonly windows: readonly Window[]; readonly sentences: number };

export type EmbedRequest =
  | {
      readonly type: 'embed';
      readonly id: number;
      readonly tasks: readonly EmbedTask[];
      /** Before all that isn't. */
      readonly urgent: boolean;
    }
  | { readonly type: 'cancel'; readonly id: number }
  /** The worker ends after the window that it is at. */
  | { readonly type: 'close' };

/** `vectors`: unit vectors one after another, of each task its own and then its sentences'. */
export type EmbedReply =
  | { readonly type: 'vectors'; readonly id: number; readonly vectors: Float32Array<ArrayBuffer> }
  | { readonly type: 'failed'; readonly id: number; readonly message: string };

type Part = { readonly window: Window; readonly offset: number };
type Job = {
  readonly id: number;
  readonly parts: readonly Part[];
  readonly vectors: Float32Array<ArrayBuffer>;
  done: number;
};

/**
 * The model on one thread, a window at a time. The int8 model scales its activations by all that is in a run, so
 * windows beside each other would change each other's vectors; alone, a text's vector depends on the text.
 */
async function serve(port: NonNullable<typeof parentPort>, { modelDir, keepsMemory }: EmbedWorkerData) {
  const session = await InferenceSession.create(join(modelDir, 'model.onnx'), {
    intraOpNumThreads: 1,
    enableCpuMemArena: keepsMemory,
  });
  const urgent: Job[] = [];
  const patient: Job[] = [];
  let working = false;

  async function run({ window: { ids, spans }, offset }: Part, vectors: Float32Array) {
    const shape = [1, ids.length];
    const output = await session.run({
      input_ids: new Tensor('int64', BigInt64Array.from(ids, BigInt), shape),
      attention_mask: new Tensor('int64', new BigInt64Array(ids.length).fill(1n), shape),
      token_type_ids: new Tensor('int64', new BigInt64Array(ids.length), shape),
    });
    const hidden = output.last_hidden_state?.data;
    if (!(hidden instanceof Float32Array)) throw new Error('the model gave no last_hidden_state');
    pool(vectors, offset, hidden, { ids, spans });
  }

  async function work() {
    if (working) return;
    working = true;
    for (;;) {
      const queue = urgent.length > 0 ? urgent : patient;
      const job = queue[0];
      if (!job) break;
      const part = job.parts[job.done];
      try {
        if (part) await run(part, job.vectors);
        job.done++;
        if (job.done >= job.parts.length) {
          drop(job.id);
          normaliseAll(job.vectors);
          reply({ type: 'vectors', id: job.id, vectors: job.vectors });
        }
      } catch (error) {
        drop(job.id);
        const message = error instanceof Error ? error.message : String(error);
        reply({ type: 'failed', id: job.id, message });
      }
      // Lets questions and cancellations that came in meanwhile be read before the next window.
      await nextTurn();
    }
    working = false;
  }

  function drop(id: number) {
    for (const queue of [urgent, patient]) {
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
      urgent.length = 0;
      patient.length = 0;
      return port.close();
    }
    (request.urgent ? urgent : patient).push(jobOf(request.id, request.tasks));
    void work();
  });
}

function jobOf(id: number, tasks: readonly EmbedTask[]): Job {
  const parts: Part[] = [];
  let offset = 0;
  for (const { windows, sentences } of tasks) {
    for (const window of windows) parts.push({ window, offset });
    offset += (1 + sentences) * dimensions;
  }
  return { id, parts, vectors: new Float32Array(offset), done: 0 };
}

/** Adds each span's sum to its sentence's vector, and the sum of all tokens to the task's own, which stands before them. */
function pool(vectors: Float32Array, offset: number, hidden: Float32Array, { ids, spans }: Window) {
  let done = 0;
  for (const { sentence, start, end } of spans) {
    const at = offset + (1 + sentence) * dimensions;
    addTokens(vectors, offset, hidden, done, start);
    addTokens(vectors, at, hidden, start, end);
    // A sentence is in one window, so that its vector is that sum.
    for (let d = 0; d < dimensions; d++)
      vectors[offset + d] = (vectors[offset + d] ?? 0) + (vectors[at + d] ?? 0);
    done = end;
  }
  addTokens(vectors, offset, hidden, done, ids.length);
  for (const { sentence, start, end } of spans) {
    if (start === end) addTokens(vectors, offset + (1 + sentence) * dimensions, hidden, 0, ids.length);
  }
}

/** Four tokens at a time, which takes half as long as one. */
function addTokens(into: Float32Array, at: number, hidden: Float32Array, start: number, end: number) {
  let token = start;
  for (; token + 4 <= end; token += 4) {
    const a = token * dimensions;
    const b = a + dimensions;
    const c = b + dimensions;
    const e = c + dimensions;
    for (let d = 0; d < dimensions; d++)
      into[at + d] =
        (into[at + d] ?? 0) +
        (hidden[a + d] ?? 0) +
        (hidden[b + d] ?? 0) +
        (hidden[c + d] ?? 0) +
        (hidden[e + d] ?? 0);
  }
  for (; token < end; token++) {
    const from = token * dimensions;
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
