import './no-telemetry.ts';
import { readFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { basename, join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { makeEmbedPool } from './embed-pool.ts';
import { dimensions, frameOf, maxTextTokens, planWindows } from './embed-windows.ts';
import type { EmbedTask, EmbedWorkerData } from './embed-worker.ts';
import type { Embedder, Passage, PassageEmbedding } from './embedder.ts';
import { DocentError } from './errors.ts';
import { sha256 } from './sha256.ts';
import { loadTokenizer } from './tokenizer.ts';

export type LocalEmbedder = Embedder & {
  /** Tokens that the model has read for passages and questions so far. */
  tokensEmbedded(): number;
};

/** Changes when passages are laid out, run or pooled in another way. */
const pooling = 'late2';

/**
 * The e5 model of `modelDir` in worker threads, one for each of `threads`. Questions go before passages, and a
 * text has the same vectors whatever is embedded beside it. `id` holds the model file's checksum.
 * Throws `DocentError` `bad_config` naming a missing file.
 */
export async function makeLocalEmbedder({
  modelDir,
  threads = Math.min(availableParallelism(), 4),
  keepsMemory = false,
}: {
  modelDir: string;
  threads?: number;
  /** For a process that embeds many passages and ends: faster, and nothing is given back meanwhile. */
  keepsMemory?: boolean;
}): Promise<LocalEmbedder> {
  const checksum = await checksumOf(join(modelDir, 'model.onnx'));
  const { encode } = loadTokenizer(modelDir);
  const pool = makeEmbedPool({ startWorker: () => startWorker({ modelDir, keepsMemory }), size: threads });
  const queryFrame = frameOf('query:', encode);
  const passageFrame = frameOf('passage:', encode);

  function queryTask(text: string): EmbedTask {
    const [first] = planWindows({ context: [], sentences: [encode(text)] }, queryFrame);
    return { windows: first ? [{ ids: first.ids, spans: [] }] : [], sentences: 0 };
  }

  function passageTask({ context, sentences }: Passage): EmbedTask {
    const tokens = { context: encode(context), sentences: sentences.map(encode) };
    return { windows: planWindows(tokens, passageFrame), sentences: sentences.length };
  }

  return {
    id: `${basename(modelDir)}@${checksum.slice(0, 8)}/${pooling}`,
    dimensions,
    maxTokens: maxTextTokens,
    tokensEmbedded: pool.tokensEmbedded,
    async embedQuery(text, signal, turn) {
      const [vector] = await pool.embed([queryTask(text)], { urgent: turn !== 'last', signal });
      return vector ?? new Float32Array(dimensions);
    },
    async embedPassages(passages, signal) {
      const embedded = await pool.embed(passages.map(passageTask), { urgent: false, signal });
      return embedded.map((vectors): PassageEmbedding => {
        const [vector = vectors, ...sentences] = rowsOf(vectors);
        return { vector, sentences };
      });
    },
    close: pool.close,
  };
}

function startWorker(workerData: EmbedWorkerData): Worker {
  return new Worker(new URL('./embed-worker-start.mjs', import.meta.url), { workerData, execArgv: [] });
}

function rowsOf(vectors: Float32Array): Float32Array[] {
  return Array.from({ length: vectors.length / dimensions }, (_, row) =>
    vectors.subarray(row * dimensions, (row + 1) * dimensions),
  );
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
