import '../../knowledge/no-telemetry.ts';
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { MODEL_DIR } from '../../knowledge/configured-embedder.ts';
import { frameOf, planWindows } from '../../knowledge/embed-windows.ts';
import type { Passage } from '../../knowledge/embedder.ts';
import { loadTokenizer } from '../../knowledge/tokenizer.ts';
import type { BareReply, BareRequest, BareWorkerData } from './bare-model-worker.ts';

export type BareFigures = { readonly milliseconds: number; readonly tokens: number };

/** Runs the model on what an ingest gave to its embedder, call by call, tokenized beforehand. */
export type BareModel = {
  run(calls: readonly (readonly Passage[])[]): Promise<BareFigures>;
  close(): Promise<void>;
};

type Arrangement = {
  readonly sessions: number;
  readonly threadsEach: number;
  /** Most tokens of a batch with its padding, and most sequences. */
  readonly batchTokens: number;
  readonly batchItems: number;
};

const processors = Math.min(availableParallelism(), 4);

/**
 * ONNX Runtime left to itself: one session with a thread for each processor, batches of like length (of the
 * sizes tried on two processors the fastest).
 */
export const oneSession: Arrangement = {
  sessions: 1,
  threadsEach: processors,
  batchTokens: 768,
  batchItems: 16,
};

/** As the ingest has it: a session of one thread for each processor, each window alone. */
export const asIngested: Arrangement = {
  sessions: processors,
  threadsEach: 1,
  batchTokens: 0,
  batchItems: 1,
};

export async function startBareModel(arrangement: Arrangement): Promise<BareModel> {
  const { sessions, threadsEach, batchTokens, batchItems } = arrangement;
  const { encode } = loadTokenizer(MODEL_DIR);
  const frame = frameOf('passage:', encode);
  const data: BareWorkerData = { modelDir: MODEL_DIR, threads: threadsEach };
  const workers = Array.from(
    { length: sessions },
    () => new Worker(new URL('./bare-model-start.mjs', import.meta.url), { workerData: data, execArgv: [] }),
  );
  await Promise.all(workers.map((worker) => once(worker, 'message')));

  function windowsOf({ context, sentences }: Passage): (readonly number[])[] {
    const tokens = { context: encode(context), sentences: sentences.map(encode) };
    return planWindows(tokens, frame).map(({ ids }) => ids);
  }

  return {
    async run(calls) {
      const batches = calls.flatMap((passages) =>
        groupByLength(passages.flatMap(windowsOf), batchTokens, batchItems),
      );
      const request: BareRequest = { batches, next: new Int32Array(new SharedArrayBuffer(4)) };
      const hear = (expected: BareReply) =>
        Promise.all(
          workers.map(async (worker) => {
            const [reply] = await once(worker, 'message');
            if (reply !== expected) throw new Error(`the bare model said ${reply}, not ${expected}`);
          }),
        );
      const prepared = hear('prepared');
      for (const worker of workers) worker.postMessage(request);
      await prepared;
      const done = hear('done');
      const began = performance.now();
      for (const worker of workers) worker.postMessage('run');
      await done;
      const tokens = batches.flat().reduce((sum, ids) => sum + ids.length, 0);
      return { milliseconds: performance.now() - began, tokens };
    },
    async close() {
      await Promise.all(workers.map((worker) => worker.terminate()));
    },
  };
}

/** Batches of like length, so that little is padded: each at most `budget` tokens with it, at least one sequence. */
function groupByLength(sequences: readonly (readonly number[])[], budget: number, most: number) {
  const groups: (readonly number[])[][] = [];
  let group: (readonly number[])[] = [];
  const byLength = most === 1 ? sequences : [...sequences].sort((a, b) => a.length - b.length);
  for (const sequence of byLength) {
    if (group.length > 0 && (sequence.length * (group.length + 1) > budget || group.length >= most)) {
      groups.push(group);
      group = [];
    }
    group.push(sequence);
  }
  if (group.length > 0) groups.push(group);
  return groups;
}
