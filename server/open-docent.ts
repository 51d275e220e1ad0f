import { cloudOf } from '../knowledge/config.ts';
import { makeConfiguredEmbedder } from '../knowledge/configured-embedder.ts';
import type { Embedder } from '../knowledge/embedder.ts';
import { fingerprintOf } from '../knowledge/fingerprint.ts';
import type { StoreReader } from '../knowledge/snapshot.ts';
import { openStoreReader } from '../knowledge/store-reader.ts';
import { type Answer, makeAnswer } from './answer/answer.ts';
import type { ChatModel } from './answer/chat-model.ts';
import { configuredModel, patienceOf } from './answer/configured-model.ts';
import { linkRepository, sourcePattern } from './answer/link-repository.ts';
import { markStale } from './answer/mark-stale.ts';
import { makeTokenMeter } from './answer/meter-tokens.ts';
import type { ServerConfig } from './config.ts';
import type { GapStore } from './gaps/gap-store.ts';
import { openGapStore, shownDatabase } from './gaps/open-gap-store.ts';
import { recordGaps } from './gaps/record-gaps.ts';
import { type AdmitTexts, makeAdmitTexts } from './limits/admit-texts.ts';
import { configuredLimits } from './limits/configured-limits.ts';
import { limitAnswers } from './limits/limit-answers.ts';
import type { Limits } from './limits/limits.ts';
import type { Log } from './log.ts';
import type { Search } from './routes/search.ts';
import { makeSearch } from './search-hits.ts';
import { type ModelFault, makeStatus, type StatusFor } from './status.ts';
import type { Metrics } from './watch/metrics.ts';
import { openTraces, openWatch } from './watch/open-watch.ts';
import type { Traces } from './watch/traces.ts';

/** All that answers, opened as the settings say; the same behind every door. */
export type Docent = {
  readonly store: StoreReader;
  readonly embedder: Embedder;
  /** Within the limits, and watched. */
  readonly answer: Answer;
  readonly limits: Limits;
  readonly admitTexts: AdmitTexts;
  /** Undefined where nobody reads them. */
  readonly metrics: Metrics | undefined;
  readonly traces: Traces | undefined;
  readonly search: Search;
  readonly chatModel: ChatModel | undefined;
  readonly status: StatusFor;
  /** Undefined where open questions aren't kept. */
  readonly gapStore: GapStore | undefined;
  close(): Promise<void>;
};

/** Opens it for a `main`. Throws `DocentError` `bad_config` or `embedding_failed`; an index may still be missing. */
export async function openDocent(
  config: ServerConfig,
  log: Log,
  { measured = false }: { measured?: boolean } = {},
): Promise<Docent> {
  const meter = makeTokenMeter(config.MODEL_TOKENS_PER_DAY);
  const traces = await openTraces(config);
  // The model loads in its own thread meanwhile.
  const [bare, chatModel, checkModel, gapStore] = await Promise.all([
    makeConfiguredEmbedder(config),
    configuredModel(config.CHAT_MODEL, config, { meter, log, traces }),
    configuredModel(config.CHECK_MODEL, config, { meter, log, traces }),
    openGaps(config, log),
  ]);
  const expected = fingerprintOf(bare);
  const store = openStoreReader({ uri: config.STORE_URI, cloud: cloudOf(config), expected });
  const limits = configuredLimits(config);
  const watch = await openWatch(
    config,
    log,
    traces,
    measured ? { running: limits.running, tokens: meter.total, store } : undefined,
  );
  const embedder = watch.metrics?.counting(bare) ?? bare;

  let lastFault: ModelFault | undefined;
  let answer = makeAnswer({
    store,
    embedder,
    ...(chatModel && { chatModel }),
    ...(checkModel && { checkModel }),
    patience: patienceOf(config).rewrite,
    onModelFault({ message }) {
      lastFault = { at: new Date().toISOString(), message };
      log.warn(`${message} The answer was quoted from the docs instead.`);
    },
  });
  const pattern = sourcePattern(config);
  if (pattern !== undefined) answer = linkRepository(answer, { pattern, store });
  if (gapStore) answer = recordGaps(answer, gapStore, warnOnce(config, log));
  const days = config.STALE_AFTER_DAYS;
  if (days !== undefined) answer = markStale(answer, { days, now: Date.now });
  answer = limitAnswers(answer, limits, {
    first: config.FIRST_WORDS_TIMEOUT * 1000,
    whole: config.ANSWER_TIMEOUT * 1000,
  });
  return {
    store,
    embedder,
    answer: watch.observe(answer),
    limits,
    admitTexts: makeAdmitTexts(limits, config.EMBEDDING_MODEL === undefined ? undefined : meter),
    metrics: watch.metrics,
    traces,
    search: makeSearch({ store, embedder }),
    chatModel,
    status: makeStatus({
      store,
      chatModel,
      checkModel,
      lastFault: () => lastFault,
      running: limits.running,
    }),
    gapStore,
    async close() {
      await watch.close();
      await store.close();
      await embedder.close();
      await gapStore?.close();
    },
  };
}

/** Answers go on without it where its file can't be written, and while its database can't be reached. */
async function openGaps(config: ServerConfig, log: Log): Promise<GapStore | undefined> {
  if (!config.GAPS) return undefined;
  const shown = shownDatabase(config.GAPS_DB);
  try {
    const gapStore = await openGapStore({
      database: config.GAPS_DB,
      retentionDays: config.GAPS_RETENTION_DAYS,
    });
    gapStore.ratings().catch((cause) => {
      log.warn(
        `Questions that the docs don’t answer are not kept as long as ${shown} can’t be used (${reasonOf(cause)}).`,
      );
    });
    return gapStore;
  } catch (cause) {
    log.warn(
      `Questions that the docs don’t answer are not kept: ${shown} can’t be written (${reasonOf(cause)}). Set GAPS_DB to another file, or GAPS=off.`,
    );
    return undefined;
  }
}

function reasonOf(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause);
  // Where a name has several addresses, the reason of each is inside.
  return cause.message || String('code' in cause ? cause.code : cause.name);
}

/** A full disk would otherwise be told of at each question. */
function warnOnce(config: ServerConfig, log: Log): (cause: unknown) => void {
  let told = false;
  return (cause) => {
    if (!told)
      log.warn(`An open question could not be kept in ${shownDatabase(config.GAPS_DB)}: ${reasonOf(cause)}`);
    told = true;
  };
}
