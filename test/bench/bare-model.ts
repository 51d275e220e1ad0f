import '../../knowledge/no-telemetry.ts';
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { MODEL_DIR } from '../../knowledge/configured-embedder.ts';
import { batchItems, batchTokens, groupByLength, planWindows } from '../../knowledge/embed-windows.ts';
import type { Passage } from '../../knowledge/embedder.ts';
import { loadTokenizer } from '../../knowledge/tokenizer.ts';
import type { BareReply, BareRequest, BareWorkerData } from './bare-model-worker.ts';

/** Runs the model on what an ingest gave to its embedder, batched as there, tokenized beforehand. */
export type BareModel = {
  run(calls: readonly (readonly Passage[])[]): Promise<BareReply>;
  close(): Promise<void>;
};

export async function startBareModel(): Promise<BareModel> {
  const { encode } = loadTokenizer(MODEL_DIR);
  const frame = { head: [101, ...encode('passage:')], tail: [102], maxTokens: 512 };
  const data: BareWorkerData = { modelDir: MODEL_DIR, threads: Math.min(availableParallelism(), 4) };
  const worker = new Worker(new URL('./bare-model-start.mjs', import.meta.url), {
    workerData: data,
    execArgv: [],
  });
  await once(worker, 'online');

  function batchesOf(passages: readonly Passage[]): (readonly number[])[][] {
    const windows = passages
      .flatMap(({ context, sentences }) =>
        planWindows({ context: encode(context), sentences: sentences.map(encode) }, frame),
      )
      .map(({ ids }) => ids);
    const groups = groupByLength(
      windows.map((ids) => ids.length),
      batchTokens,
      batchItems,
    );
    return groups.map((group) => group.flatMap((index) => [windows[index] ?? []]));
  }

  return {
    async run(calls) {
      const request: BareRequest = { batches: calls.flatMap(batchesOf) };
      worker.postMessage(request);
      const [reply]: BareReply[] = await once(worker, 'message');
      if (!reply) throw new Error('the bare model did not answer');
      return reply;
    },
    async close() {
      await worker.terminate();
    },
  };
}
