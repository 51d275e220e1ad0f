/** The yardstick of the ingest: ONNX Runtime on the model, batches in, nothing kept, nothing else done. */
import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { InferenceSession, Tensor } from 'onnxruntime-node';

/** Sequences of token ids, each batch padded to its longest; `next`, in shared memory, is the one to be taken next. */
export type BareRequest = {
  readonly batches: readonly (readonly (readonly number[])[])[];
  readonly next: Int32Array<SharedArrayBuffer>;
};
/** To `run` it answers `done`. */
export type BareReply = 'ready' | 'prepared' | 'done';
export type BareWorkerData = { readonly modelDir: string; readonly threads: number };

const { modelDir, threads }: BareWorkerData = workerData;
const session = await InferenceSession.create(join(modelDir, 'model.onnx'), {
  intraOpNumThreads: threads,
  extra: { session: { intra_op: { allow_spinning: '0' } } },
});
let inputs: Record<string, Tensor>[] = [];
let next = new Int32Array(new SharedArrayBuffer(4));

parentPort?.on('message', (request: BareRequest | 'run') => {
  if (request === 'run') return void run().then(() => reply('done'));
  next = request.next;
  inputs = request.batches.map(inputOf);
  reply('prepared');
});
reply('ready');

function reply(message: BareReply): void {
  parentPort?.postMessage(message);
}

function inputOf(batch: readonly (readonly number[])[]): Record<string, Tensor> {
  const width = Math.max(...batch.map((ids) => ids.length));
  const [ids, mask] = [new BigInt64Array(batch.length * width), new BigInt64Array(batch.length * width)];
  for (const [row, sequence] of batch.entries()) {
    ids.set(sequence.map(BigInt), row * width);
    mask.fill(1n, row * width, row * width + sequence.length);
  }
  const shape = [batch.length, width];
  return {
    input_ids: new Tensor('int64', ids, shape),
    attention_mask: new Tensor('int64', mask, shape),
    token_type_ids: new Tensor('int64', new BigInt64Array(ids.length), shape),
  };
}

async function run(): Promise<void> {
  for (;;) {
    const input = inputs[Atomics.add(next, 0, 1)];
    if (!input) return;
    await session.run(input);
  }
}
