import './no-telemetry.ts';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { basename, join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { maxTextTokens } from './embed-windows.ts';
import type { EmbedReply, EmbedRequest, EmbedWorkerData } from './embed-worker.ts';
import type { Embedder, PassageEmbedding } from './embedder.ts';
import { DocentError } from './errors.ts';
import { sha256 } from './sha256.ts';

export type LocalEmbedder = Embedder & {
  /** Tokens that the model has read for passages and questions so far. */
  tokensEmbedded(): number;
};

type Pending = {
  readonly resolve: (vectors: Float32Array) => void;
  readonly reject: (error: Error) => void;
};

type Running = { readonly worker: Worker; readonly pending: Map<number, Pending>; dead: boolean };

const dimensions = 384;
/** Changes when passages are laid out or pooled in another way. */
const pooling = 'late1';

/**
 * The e5 model of `modelDir` in a worker thread, which is started by the first call, does not keep the
 * process alive when idle, and is started again after it died. Questions go before passages.
 * `id` holds the model file's checksum. Throws `DocentError` `bad_config` naming a missing file.
 */
export async function makeLocalEmbedder({
  modelDir,
  threads = Math.min(availableParallelism(), 4),
}: {
  modelDir: string;
  threads?: number;
}): Promise<LocalEmbedder> {
  const checksum = await checksumOf(join(modelDir, 'model.onnx'));
  await checksumOf(join(modelDir, 'tokenizer.json'));
  let running: Running | undefined;
  let nextId = 1;
  let tokens = 0;
  let closed = false;

  function start(): Running {
    const data: EmbedWorkerData = { modelDir, threads };
    const worker = new Worker(new URL('./embed-worker-start.mjs', import.meta.url), {
      workerData: data,
      execArgv: [],
    });
    const self: Running = { worker, pending: new Map(), dead: false };
    const die = (cause?: unknown) => {
      if (self.dead) return;
      self.dead = true;
      if (running === self) running = undefined;
      const reason = cause instanceof Error ? `: ${cause.message}` : '';
      const error = new DocentError('embedding_failed', `The embedding worker stopped${reason}. Try again.`, {
        cause,
      });
      for (const call of self.pending.values()) call.reject(error);
      self.pending.clear();
    };
    worker.on('error', die);
    worker.on('exit', () => die());
    worker.on('message', (reply: EmbedReply) => {
      if (reply.type === 'ready') return;
      const call = self.pending.get(reply.id);
      settle(self, reply.id);
      if (reply.type === 'vectors') {
        tokens += reply.tokens;
        call?.resolve(reply.vectors);
      } else {
        call?.reject(new DocentError('embedding_failed', `The embedding model failed: ${reply.message}.`));
      }
    });
    worker.unref();
    return self;
  }

  function settle(self: Running, id: number) {
    self.pending.delete(id);
    if (self.pending.size === 0) self.worker.unref();
  }

  async function call(
    request: (id: number) => EmbedRequest,
    signal: AbortSignal | undefined,
  ): Promise<Float32Array> {
    signal?.throwIfAborted();
    if (closed) throw new DocentError('embedding_failed', 'The embedding model was closed.');
    running ??= start();
    const self = running;
    const id = nextId++;
    const abort = () => {
      if (self.dead) return;
      self.worker.postMessage({ type: 'cancel', id } satisfies EmbedRequest);
      const reject = self.pending.get(id)?.reject;
      settle(self, id);
      reject?.(asError(signal?.reason));
    };
    try {
      return await new Promise<Float32Array>((resolve, reject) => {
        self.pending.set(id, { resolve, reject });
        self.worker.ref();
        signal?.addEventListener('abort', abort, { once: true });
        self.worker.postMessage(request(id));
      });
    } finally {
      signal?.removeEventListener('abort', abort);
    }
  }

  return {
    id: `${basename(modelDir)}@${checksum.slice(0, 8)}/${pooling}`,
    dimensions,
    maxTokens: maxTextTokens,
    tokensEmbedded: () => tokens,
    embedQuery: (text, signal, turn) => call((id) => ({ type: 'query', id, text, turn }), signal),
    async embedPassages(passages, signal) {
      if (passages.length === 0) return [];
      const vectors = await call((id) => ({ type: 'passages', id, passages }), signal);
      let at = 0;
      const take = () => {
        at += dimensions;
        return vectors.subarray(at - dimensions, at);
      };
      return passages.map(({ sentences }): PassageEmbedding => {
        const vector = take();
        return { vector, sentences: sentences.map(take) };
      });
    },
    async close() {
      closed = true;
      if (!running || running.dead) return;
      // Terminating it in the middle of a batch would bring the whole process down.
      const { worker } = running;
      const exited = once(worker, 'exit');
      worker.ref();
      worker.postMessage({ type: 'close' } satisfies EmbedRequest);
      await exited;
    },
  };
}

function asError(reason: unknown): Error {
  return reason instanceof Error ? reason : new DOMException('The call was aborted.', 'AbortError');
}

async function checksumOf(file: string): Promise<string> {
  try {
    return sha256(await readFile(file));
  } catch (cause) {
    throw new DocentError(
      'bad_config',
      `The embedding model's file is missing or unreadable: ${file}. Restore the models/ folder from the repository.`,
      { cause },
    );
  }
}
