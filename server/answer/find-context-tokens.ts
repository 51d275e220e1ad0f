import { z } from 'zod';

const models = z.object({
  data: z.array(
    z.object({
      id: z.string(),
      /** vLLM, SGLang. */
      max_model_len: z.number().positive().nullish(),
      /** llama-server. */
      meta: z.object({ n_ctx: z.number().positive().nullish() }).nullish(),
    }),
  ),
});

/**
 * Context size of a model as its endpoint lists it (`GET /models`: vLLM, SGLang and llama-server say so),
 * undefined where it says nothing, is away, or takes longer than `patience` milliseconds.
 */
export async function findContextTokens(
  { baseUrl, model, apiKey }: { baseUrl: string; model: string; apiKey?: string | undefined },
  patience = 1_000,
): Promise<number | undefined> {
  try {
    const response = await fetch(`${baseUrl.replace(/\/+$/, '')}/models`, {
      headers: apiKey === undefined ? {} : { authorization: `Bearer ${apiKey}` },
      signal: AbortSignal.timeout(patience),
    });
    const { data } = models.parse(await response.json());
    // A server with a single model answers with it whatever name it is asked for.
    const found = data.find(({ id }) => id === model) ?? (data.length === 1 ? data[0] : undefined);
    return found?.max_model_len ?? found?.meta?.n_ctx ?? undefined;
  } catch {
    return undefined;
  }
}
