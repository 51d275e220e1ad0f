import { CHUNKER_ID } from '../knowledge/chunker-id.ts';
import { makeConfiguredEmbedder } from '../knowledge/configured-embedder.ts';
import type { Embedder } from '../knowledge/embedder.ts';
import { guessSourceUrl, readGitAddress } from '../knowledge/git-address.ts';
import type { StoreReader } from '../knowledge/snapshot.ts';
import { openStoreReader } from '../knowledge/store-reader.ts';
import { type Answer, makeAnswer } from './answer/answer.ts';
import type { ChatModel } from './answer/chat-model.ts';
import { findContextTokens } from './answer/find-context-tokens.ts';
import { linkRepository } from './answer/link-repository.ts';
import { markStale } from './answer/mark-stale.ts';
import { makeTokenMeter, meterTokens, type TokenMeter } from './answer/meter-tokens.ts';
import type { ServerConfig } from './config.ts';
import type { GapStore } from './gaps/gap-store.ts';
import { recordGaps } from './gaps/record-gaps.ts';
import { configuredLimits } from './limits/configured-limits.ts';
import { limitAnswers } from './limits/limit-answers.ts';
import type { Limits } from './limits/limits.ts';
import type { Log } from './log.ts';
import type { Search } from './routes/search.ts';
import { makeSearch } from './search-hits.ts';

/** All that answers, opened as the settings say; the same behind every door. */
export type Docent = {
  readonly store: StoreReader;
  readonly embedder: Embedder;
  /** Within the limits. */
  readonly answer: Answer;
  readonly limits: Limits;
  readonly search: Search;
  readonly chatModel: ChatModel | undefined;
  /** Undefined where open questions aren't kept. */
  readonly gapStore: GapStore | undefined;
  close(): Promise<void>;
};

/** Opens it for a `main`. Throws `DocentError` `bad_config` or `embedding_failed`; an index may still be missing. */
export async function openDocent(config: ServerConfig, log: Log): Promise<Docent> {
  const meter = makeTokenMeter(config.MODEL_TOKENS_PER_DAY);
  // The model loads in its own thread meanwhile.
  const [embedder, chatModel, checkModel, gapStore] = await Promise.all([
    makeConfiguredEmbedder(config),
    modelOf(config.CHAT_MODEL, config, { meter, log }),
    modelOf(config.CHECK_MODEL, config, { meter, log }),
    openGaps(config, log),
  ]);
  const expected = { embedder: embedder.id, dimensions: embedder.dimensions, chunker: CHUNKER_ID };
  const store = openStoreReader({ uri: config.STORE_URI, expected });
  const plain = makeAnswer({
    store,
    embedder,
    ...(chatModel && { chatModel }),
    ...(checkModel && { checkModel }),
    onModelFault: (error) => log.warn(`${error.message} The answer was quoted from the docs instead.`),
  });
  const pattern = sourceUrl(config);
  const sourced = pattern === undefined ? plain : linkRepository(plain, { pattern, store });
  const anyAge = gapStore ? recordGaps(sourced, gapStore, warnOnce(config, log)) : sourced;
  const days = config.STALE_AFTER_DAYS;
  const limits = configuredLimits(config);
  const dated = days === undefined ? anyAge : markStale(anyAge, { days, now: Date.now });
  return {
    store,
    embedder,
    answer: limitAnswers(dated, limits, {
      first: config.FIRST_WORDS_TIMEOUT * 1000,
      whole: config.ANSWER_TIMEOUT * 1000,
    }),
    limits,
    search: makeSearch({ store, embedder }),
    chatModel,
    gapStore,
    async close() {
      await store.close();
      await embedder.close();
      gapStore?.close();
    },
  };
}

/** Where files are shown: as set, else as known of the repository that `DOCS_DIR` names. */
function sourceUrl({ SOURCE_URL: pattern, DOCS_DIR }: ServerConfig): string | undefined {
  const address = readGitAddress(DOCS_DIR);
  if (pattern === undefined) return address && guessSourceUrl(address);
  return pattern.replaceAll('{ref}', encodeURIComponent(address?.ref ?? 'HEAD'));
}

/** The model's library takes a moment to load and is left out where no model is configured. */
async function modelOf(
  model: string | undefined,
  config: ServerConfig,
  { meter, log }: { meter: TokenMeter; log: Log },
): Promise<ChatModel | undefined> {
  if (model === undefined) return undefined;
  const [{ makeChatModel }, { breakCircuit }] = await Promise.all([
    import('./answer/chat-model.ts'),
    import('./answer/break-circuit.ts'),
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

/** Answers go on without it where its file can't be written. */
async function openGaps(config: ServerConfig, log: Log): Promise<GapStore | undefined> {
  if (!config.GAPS) return undefined;
  const { openGapStore } = await import('./gaps/gap-store.ts');
  try {
    return await openGapStore({ file: config.GAPS_DB, retentionDays: config.GAPS_RETENTION_DAYS });
  } catch (cause) {
    log.warn(
      `Questions that the docs don’t answer are not kept: ${config.GAPS_DB} can’t be written (${cause instanceof Error ? cause.message : String(cause)}). Set GAPS_DB to another file, or GAPS=off.`,
    );
    return undefined;
  }
}

/** A full disk would otherwise be told of at each question. */
function warnOnce(config: ServerConfig, log: Log): (cause: unknown) => void {
  let told = false;
  return (cause) => {
    if (!told) log.warn(`An open question could not be kept in ${config.GAPS_DB}: ${String(cause)}`);
    told = true;
  };
}
