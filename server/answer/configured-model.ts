import type { ServerConfig } from '../config.ts';
import type { Log } from '../log.ts';
import type { Traces } from '../watch/traces.ts';
import type { ChatModel } from './chat-model.ts';
import { findContextTokens } from './find-context-tokens.ts';
import { meterTokens, type TokenMeter } from './meter-tokens.ts';

/** The model's library takes a moment to load and is left out where no model is configured. */
export async function configuredModel(
  model: string | undefined,
  config: ServerConfig,
  { meter, log, traces }: { meter: TokenMeter; log: Log; traces?: Pick<Traces, 'model'> | undefined },
): Promise<ChatModel | undefined> {
  if (model === undefined) return undefined;
  const [{ makeChatModel }, { breakCircuit }] = await Promise.all([
    import('./chat-model.ts'),
    import('./break-circuit.ts'),
  ]);
  const { OPENAI_API_KEY: apiKey, OPENAI_BASE_URL: baseUrl, CHAT_CONTEXT_TOKENS: wanted } = config;
  const contextTokens = wanted ?? (baseUrl && (await findContextTokens({ baseUrl, model, apiKey })));
  const { silence } = patienceOf(config);
  const made = makeChatModel({ model, apiKey, baseUrl, silence, ...(contextTokens && { contextTokens }) });
  const onChange = (state: 'down' | 'back'): void => {
    if (state === 'back') log.info(`The language model "${model}" is back.`);
    else log.warn(`The language model "${model}" can't be reached. Answers are quoted until it is back.`);
  };
  // What the circuit doesn't let through costs no tokens.
  const metered = meterTokens(made, meter);
  return breakCircuit(traces?.model(metered) ?? metered, { onChange });
}

/**
 * Milliseconds that a model has for making a question stand alone, and for its first words after that. Together they
 * end before the reader's time for first words, so that some is left for a quoted answer.
 */
export function patienceOf({ FIRST_WORDS_TIMEOUT: seconds }: Pick<ServerConfig, 'FIRST_WORDS_TIMEOUT'>): {
  readonly rewrite: number;
  readonly silence: number;
} {
  return { rewrite: Math.min(5_000, seconds * 125), silence: seconds * 750 };
}
