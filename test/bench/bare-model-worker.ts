/** The yardstick of the ingest: ONNX Runtime on the model, batches in, nothing kept, nothing else done. */
import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { InferenceSession, Tensor } from 'onnxruntime-node';

/** Sequences of token ids; each batch is padded to its longest. */
export type BareRequest = { readonly batches: readonly (readonly (readonly number[])[])[] };
export type BareReply = { readonly milliseconds: number; readonly tokens: number };
export type BareWorkerData = { readonly modelDir: string; readonly threads: number };

const { modelDir, threads }: BareWorkerData = workerData;
const session = await InferenceSession.create(join(modelDir, 'model.onnx'), {
  intraOpNumThreads: threads,
  extra: { session: { intra_op: { allow_spinning: '0' } } },
});

parentPort?.on('message', ({ batches }: BareRequest) => {
  void run(batches).then((reply) => parentPort?.postMessage(reply));
});

async function run(batches: BareRequest['batches']): Promise<BareReply> {
  const inputs = batches.map((batch) => {
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
  });
  const began = performance.now();
  for (const input of inputs) await session.run(input);
  const tokens = batches.flat().reduce((sum, ids) => sum + ids.length, 0);
  return { milliseconds: performance.now() - began, tokens };
}
