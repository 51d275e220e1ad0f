import type { ServerConfig } from '../config.ts';
import type { Log } from '../log.ts';
import type { ChatModel } from './chat-model.ts';
import { findContextTokens } from './find-context-tokens.ts';
import { meterTokens, type TokenMeter } from './meter-tokens.ts';

/** The model's library takes a moment to load and is left out where no model is configured. */
export async function configuredModel(
  model: string | undefined,
  config: ServerConfig,
  { meter, log }: { meter: TokenMeter; log: Log },
): Promise<ChatModel | undefined> {
  if (model === undefined) return undefined;
  const [{ makeChatModel }, { breakCircuit }] = await Promise.all([
    import('./chat-model.ts'),
    import('./break-circuit.ts'),
  ]);
  const { OPENAI_API_KEY: apiKey, OPENAI_BASE_URL: baseUrl, CHAT_CONTEXT_TOKENS: wanted } = config;
  const contextTokens = wanted ?? (baseUrl && (await findContextTokens({ baseUrl, model, apiKey })));
  // Before the reader's time for first words is over, so that some is left for a quoted answer.
  const silence = config.FIRST_WORDS_TIMEOUT * 750;
  const made = makeChatModel({ model, apiKey, baseUrl, silence, ...(contextTokens && { contextTokens }) });
  const onChange = (state: 'down' | 'back'): void => {
    if (state === 'back') log.info(`The language model "${model}" is back.`);
    else log.warn(`The language model "${model}" can't be reached. Answers are quoted until it is back.`);
  };
  return meterTokens(breakCircuit(made, { onChange }), meter);
}
