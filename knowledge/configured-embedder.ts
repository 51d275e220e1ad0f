import { fileURLToPath } from 'node:url';
import type { KnowledgeConfig } from './config.ts';
import type { Embedder } from './embedder.ts';
import { DocentError } from './errors.ts';
import { makeLocalEmbedder } from './local-embedder.ts';

/** Folder of the embedding model that ships with Docent; its tokenizer measures chunks for any model. */
export const MODEL_DIR = fileURLToPath(new URL('../models/e5-small-v2-int8', import.meta.url));

type EmbedderConfig = Pick<KnowledgeConfig, 'EMBEDDING_MODEL' | 'OPENAI_API_KEY' | 'OPENAI_BASE_URL'>;

/**
 * The embedder that the environment asks for: the local model unless `EMBEDDING_MODEL` names another.
 * Throws `DocentError` `bad_config` or `embedding_failed`.
 */
export async function makeConfiguredEmbedder(
  config: EmbedderConfig,
  options: { readonly keepsMemory?: boolean } = {},
): Promise<Embedder> {
  const { EMBEDDING_MODEL, OPENAI_API_KEY, OPENAI_BASE_URL } = config;
  if (EMBEDDING_MODEL === undefined) return makeLocalEmbedder({ modelDir: MODEL_DIR, ...options });
  if (OPENAI_API_KEY === undefined && OPENAI_BASE_URL === undefined) {
    throw new DocentError(
      'bad_config',
      `EMBEDDING_MODEL is ${EMBEDDING_MODEL}, but OPENAI_API_KEY is missing. Set it, or OPENAI_BASE_URL to an endpoint of your own, or unset EMBEDDING_MODEL for the local model.`,
    );
  }
  // Its library takes a second to load.
  const { makeOpenAiEmbedder } = await import('./openai-embedder.ts');
  return makeOpenAiEmbedder({
    model: EMBEDDING_MODEL.replace(/^openai:/, ''),
    // Endpoints of one's own mostly ask for no key, but the client needs one.
    apiKey: OPENAI_API_KEY ?? 'none',
    ...(OPENAI_BASE_URL === undefined ? {} : { baseUrl: OPENAI_BASE_URL }),
  });
}
