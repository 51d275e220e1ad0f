import type { z } from 'zod';
import type { Embedder } from '../../knowledge/embedder.ts';
import type { embeddingsRequest, embeddingsResponse } from '../contract/openai-embeddings.ts';
import { ApiFault } from './api-fault.ts';
import type { CountTokens } from './count-tokens.ts';

export type EmbeddingsRequest = z.output<typeof embeddingsRequest>;
export type EmbeddingsResponse = z.output<typeof embeddingsResponse>;

/** Few at once, so that those of others get their turn. */
const AT_ONCE = 4;
const PASSAGE = /^passage: ?/;
const QUERY = /^query: ?/;

export type EmbedDeps = {
  readonly embedder: Embedder;
  readonly count: CountTokens;
  /** Refuses what is too much for who asks, or gives what is to be called at the end. */
  readonly admit: (tokens: number) => Promise<() => void>;
};

/**
 * Unit vectors of texts. E5 models want to know which side of a search a text is on, and OpenAI's API has no word
 * for it: a text counts as a question, which is also what their makers advise for comparing like with like, unless
 * it begins with E5's own `passage: `. Throws an `ApiFault` for texts longer than the model reads.
 */
export async function embedTexts(
  { input, encoding_format, dimensions }: EmbeddingsRequest,
  { embedder, count, admit }: EmbedDeps,
  signal: AbortSignal,
): Promise<EmbeddingsResponse> {
  if (typeof dimensions === 'number' && dimensions !== embedder.dimensions) {
    throw new ApiFault(
      'bad_request',
      `The embeddings have ${embedder.dimensions} dimensions; leave dimensions out.`,
      { param: 'dimensions', code: 'unsupported_value' },
    );
  }
  const texts = typeof input === 'string' ? [input] : input;
  const tokens = texts.map((text) => count(text));
  for (const [index, length] of tokens.entries()) checkLength(length, index, embedder.maxTokens);

  const total = tokens.reduce((sum, length) => sum + length, 0);
  const vectors: Float32Array[] = [];
  const end = await admit(total);
  try {
    for (let at = 0; at < texts.length; at += AT_ONCE) {
      const some = texts.slice(at, at + AT_ONCE);
      vectors.push(...(await Promise.all(some.map((text) => embed(text, embedder, signal)))));
    }
  } finally {
    end();
  }
  return {
    object: 'list',
    data: vectors.map((vector, index) => ({
      object: 'embedding',
      index,
      embedding: encoding_format === 'base64' ? base64Of(vector) : Array.from(vector),
    })),
    model: embedder.id,
    usage: { prompt_tokens: total, total_tokens: total },
  };
}

async function embed(text: string, embedder: Embedder, signal: AbortSignal): Promise<Float32Array> {
  if (!PASSAGE.test(text)) return embedder.embedQuery(text.replace(QUERY, ''), signal, 'last');
  const [passage] = await embedder.embedPassages(
    [{ context: text.replace(PASSAGE, ''), sentences: [] }],
    signal,
  );
  if (!passage) throw new Error('a passage without a vector');
  return passage.vector;
}

function checkLength(length: number, index: number, most = Number.POSITIVE_INFINITY): void {
  if (length <= most) return;
  throw new ApiFault(
    'bad_request',
    `The text has ${length} tokens, and the embedding model reads ${most}. Cut it into passages.`,
    { param: `input[${index}]`, code: 'context_length_exceeded' },
  );
}

/** Little-endian 32-bit floats, whatever machine this is. */
function base64Of(vector: Float32Array): string {
  const bytes = Buffer.alloc(vector.length * 4);
  for (const [index, value] of vector.entries()) bytes.writeFloatLE(value, index * 4);
  return bytes.toString('base64');
}
