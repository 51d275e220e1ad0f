import type { Answer } from '../answer/answer.ts';
import type { ServerConfig } from '../config.ts';
import type { Log } from '../log.ts';
import { logAnswers } from './log-answers.ts';
import type { Metrics, MetricsDeps } from './metrics.ts';
import type { Traces } from './traces.ts';

export type Watch = {
  readonly metrics: Metrics | undefined;
  /** The same answers, logged, and as the settings say measured and traced. */
  observe(answer: Answer): Answer;
  close(): Promise<void>;
};

/** What an operator watches answers by. The libraries are loaded only where they are of use. */
export async function openWatch(
  { LOG_QUESTIONS: questions }: Pick<ServerConfig, 'LOG_QUESTIONS'>,
  log: Log,
  traces: Traces | undefined,
  measured: MetricsDeps | undefined,
): Promise<Watch> {
  const metrics = measured && (await import('./metrics.ts')).makeMetrics(measured);
  return {
    metrics,
    observe(answer) {
      const logged = logAnswers(answer, log, { questions });
      const counted = metrics?.observe(logged) ?? logged;
      return traces?.observe(counted) ?? counted;
    },
    close: async () => traces?.close(),
  };
}

/** Undefined where the settings name nobody who takes them. */
export async function openTraces({
  OTEL_EXPORTER_OTLP_ENDPOINT: endpoint,
}: Pick<ServerConfig, 'OTEL_EXPORTER_OTLP_ENDPOINT'>): Promise<Traces | undefined> {
  return endpoint === undefined ? undefined : (await import('./traces.ts')).makeTraces(endpoint);
}
