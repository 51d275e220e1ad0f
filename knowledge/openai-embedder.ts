import { OpenAIEmbeddings } from '@langchain/openai';
import type { Embedder, Passage, PassageEmbedding } from './embedder.ts';
import { DocentError } from './errors.ts';

/**
 * Embeddings of any endpoint that speaks OpenAI's API. A passage and each of its sentences are inputs of
 * their own. Asks once for a vector to learn `dimensions` unless they are given; then the endpoint is
 * asked to cut its vectors to them. Throws `DocentError` `embedding_failed`; the key is in no message.
 */
export async function makeOpenAiEmbedder({
  model,
  apiKey,
  baseUrl,
  dimensions,
}: {
  model: string;
  apiKey: string;
  baseUrl?: string;
  dimensions?: number;
}): Promise<Embedder> {
  const endpoint = baseUrl ?? 'https://api.openai.com/v1';
  const client = new OpenAIEmbeddings({
    model,
    apiKey,
    // Its default would take the line breaks away that part a passage's context from its text.
    stripNewLines: false,
    maxRetries: 2,
    timeout: 60_000,
    batchSize: 256,
    ...(dimensions === undefined ? {} : { dimensions }),
    configuration: { baseURL: endpoint },
  });

  async function embed(texts: readonly string[], signal?: AbortSignal): Promise<Float32Array[]> {
    signal?.throwIfAborted();
    try {
      const vectors = await untilAborted(client.embedDocuments([...texts]), signal);
      if (vectors.length !== texts.length) throw new Error('fewer vectors than texts');
      return vectors.map(toUnit);
    } catch (cause) {
      if (signal?.aborted) throw cause;
      throw failure(model, endpoint, cause);
    }
  }

  const size = dimensions ?? (await embed(['dimensions']))[0]?.length ?? 0;
  return {
    id: `openai:${model}/${size}`,
    dimensions: size,
    async embedQuery(text, signal) {
      const [vector] = await embed([text], signal);
      return checked(vector);
    },
    async embedPassages(passages, signal) {
      if (passages.length === 0) return [];
      const vectors = (await embed(passages.flatMap(inputsOf), signal)).values();
      const next = () => checked(vectors.next().value);
      return passages.map(({ sentences }): PassageEmbedding => {
        const vector = next();
        return { vector, sentences: sentences.map(next) };
      });
    },
    close: async () => undefined,
  };

  function checked(vector: Float32Array | undefined): Float32Array {
    if (vector?.length === size) return vector;
    throw new DocentError(
      'embedding_failed',
      `The embedding model "${model}" at ${hostOf(endpoint)} gave vectors of ${vector?.length ?? 0} dimensions ` +
        `instead of ${size}. Check EMBEDDING_MODEL.`,
    );
  }
}

/** The endpoint refuses empty inputs. */
function inputsOf({ context, sentences }: Passage): string[] {
  return [[context, ...sentences].join('\n'), ...sentences].map((text) => (text.trim() === '' ? '-' : text));
}

/** A vector without direction would break the index. */
function toUnit(vector: readonly number[]): Float32Array {
  const length = Math.hypot(...vector);
  if (!(length > 0 && length < Number.POSITIVE_INFINITY)) throw new Error('a vector without direction');
  return Float32Array.from(vector, (value) => value / length);
}

/** LangChain's embeddings take no signal; the call goes on unheard. */
async function untilAborted<T>(call: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return call;
  let stop = () => {};
  const aborted = new Promise<never>((_, reject) => {
    stop = () => reject(signal.reason);
    signal.addEventListener('abort', stop, { once: true });
  });
  try {
    return await Promise.race([call, aborted]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

function failure(model: string, endpoint: string, cause: unknown): DocentError {
  const status = cause instanceof Error && 'status' in cause ? Number(cause.status) : Number.NaN;
  const where = `The embedding model "${model}" at ${hostOf(endpoint)}`;
  if (status === 401 || status === 403)
    return new DocentError('embedding_failed', `${where} refused the key. Check OPENAI_API_KEY.`, { cause });
  if (status === 404)
    return new DocentError(
      'embedding_failed',
      `${where} doesn't exist. Check EMBEDDING_MODEL and OPENAI_BASE_URL.`,
      {
        cause,
      },
    );
  if (status === 429)
    return new DocentError('embedding_failed', `${where} takes no more requests for now. Try again later.`, {
      cause,
    });
  const reason = Number.isNaN(status)
    ? "can't be reached or gave nonsense"
    : `answered with status ${status}`;
  return new DocentError('embedding_failed', `${where} ${reason}. Check OPENAI_BASE_URL.`, { cause });
}

/** Without the user and password that an address may hold. */
function hostOf(endpoint: string): string {
  return URL.canParse(endpoint) ? new URL(endpoint).host : 'the address in OPENAI_BASE_URL';
}
