import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Embedder } from '../../knowledge/embedder.ts';
import type { StoreReader } from '../../knowledge/snapshot.ts';
import type { Answer } from '../answer/answer.ts';

export type MetricsDeps = {
  /** Answers under way. */
  readonly running: () => number;
  /** Tokens that language models have read and written since the process began. */
  readonly tokens: () => number;
  readonly store: Pick<StoreReader, 'current'>;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
};

/** What Prometheus reads at `/metrics`. */
export type Metrics = {
  readonly contentType: string;
  text(): Promise<string>;
  /** One more HTTP request; `route` is a pattern, never an address that somebody typed. */
  request(route: string, method: string, status: number): void;
  /** The same answers, counted and timed. */
  observe(answer: Answer): Answer;
  /** The same embedder, its texts counted. */
  counting(embedder: Embedder): Embedder;
};

const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];

export function makeMetrics({ running, tokens, store, now = Date.now }: MetricsDeps): Metrics {
  const register = new Registry();
  const registers = [register];
  // Memory, CPU and the event loop's lag.
  collectDefaultMetrics({ register });
  const answers = new Counter({
    name: 'docent_answers_total',
    help: 'Answers by how they were given: quoted, written, abstained, or failed or aborted.',
    labelNames: ['mode'],
    registers,
  });
  const stages = new Histogram({
    name: 'docent_answer_stage_seconds',
    help: 'Time that an answer spent in each stage.',
    labelNames: ['stage'],
    buckets: SECONDS,
    registers,
  });
  const firstWords = new Histogram({
    name: 'docent_first_words_seconds',
    help: 'Time from the question to the first words of its answer.',
    buckets: SECONDS,
    registers,
  });
  const scores = new Histogram({
    name: 'docent_retrieval_score',
    help: 'How surely the docs answer what was asked, 0 to 1.',
    buckets: [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9],
    registers,
  });
  const requests = new Counter({
    name: 'docent_http_requests_total',
    help: 'HTTP requests.',
    labelNames: ['route', 'method', 'status'],
    registers,
  });
  const embedded = new Counter({
    name: 'docent_embeddings_total',
    help: 'Texts embedded by this server.',
    registers,
  });
  new Gauge({
    name: 'docent_answers_running',
    help: 'Answers under way.',
    registers,
    collect() {
      this.set(running());
    },
  });
  new Gauge({
    name: 'docent_model_tokens',
    help: 'Tokens that language models have read and written, estimated.',
    registers,
    collect() {
      this.set(tokens());
    },
  });
  const version = new Gauge({ name: 'docent_index_version', help: 'Version of the index.', registers });
  const age = new Gauge({
    name: 'docent_index_age_seconds',
    help: 'Time since the last ingest that changed the index.',
    registers,
  });

  return {
    contentType: register.contentType,
    async text() {
      const index = await store.current().catch(() => undefined);
      // An index that can't be read has no version; its absence is what an alert looks for.
      if (!index) {
        version.remove();
        age.remove();
      } else {
        version.set(index.version);
        age.set((now() - Date.parse(index.createdAt)) / 1000);
      }
      return register.metrics();
    },
    request: (route, method, status) => requests.inc({ route, method, status }),
    observe: (answer) =>
      async function* observed(request, options) {
        const ended = firstWords.startTimer();
        let begun = false;
        let mode = 'aborted';
        try {
          for await (const event of answer(request, options)) {
            if (event.type === 'delta' && !begun) ended();
            begun ||= event.type === 'delta';
            if (event.type === 'done') {
              mode = event.mode;
              scores.observe(event.score);
              for (const [stage, ms] of Object.entries(event.timings)) stages.observe({ stage }, ms / 1000);
            }
            yield event;
          }
        } catch (error) {
          if (!options.signal.aborted) mode = 'failed';
          throw error;
        } finally {
          answers.inc({ mode });
        }
      },
    counting: (embedder) => ({
      ...embedder,
      embedQuery(...args) {
        embedded.inc();
        return embedder.embedQuery(...args);
      },
      embedPassages(passages, signal) {
        embedded.inc(passages.length);
        return embedder.embedPassages(passages, signal);
      },
    }),
  };
}
