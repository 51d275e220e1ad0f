import { ROOT_CONTEXT, SpanStatusCode, trace } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BasicTracerProvider, BatchSpanProcessor } from '@opentelemetry/sdk-trace-base';
import { asDocentError } from '../../knowledge/errors.ts';
import type { Answer } from '../answer/answer.ts';
import type { Done } from '../events.ts';

export type Traces = {
  /** The same answers, each a trace: the whole, and under it each stage. No word of question or answer is in it. */
  observe(answer: Answer): Answer;
  /** Sends what is still held. */
  close(): Promise<void>;
};

/** `endpoint`: an OTLP collector's address, such as `http://localhost:4318`. */
export function makeTraces(endpoint: string): Traces {
  const exporter = new OTLPTraceExporter({ url: `${endpoint.replace(/\/+$/, '')}/v1/traces` });
  const provider = new BasicTracerProvider({
    resource: resourceFromAttributes({ 'service.name': 'docent' }),
    spanProcessors: [new BatchSpanProcessor(exporter)],
  });
  const tracer = provider.getTracer('docent');

  return {
    observe: (answer) =>
      async function* traced(request, options) {
        const began = Date.now();
        const whole = tracer.startSpan('answer', { startTime: began }, ROOT_CONTEXT);
        let done: Done | undefined;
        try {
          for await (const event of answer(request, options)) {
            if (event.type === 'done') done = event;
            yield event;
          }
        } catch (error) {
          whole.setStatus({ code: SpanStatusCode.ERROR, message: asDocentError(error).code });
          throw error;
        } finally {
          if (done) {
            const { mode, score, version } = done;
            whole.setAttributes({ 'docent.mode': mode, 'docent.score': score, 'docent.version': version });
          }
          const under = trace.setSpan(ROOT_CONTEXT, whole);
          // Stages follow each other without a gap, so their lengths give their places.
          let at = began;
          for (const [stage, ms] of Object.entries(done?.timings ?? {})) {
            if (stage === 'total') continue;
            tracer.startSpan(stage, { startTime: at }, under).end(at + ms);
            at += ms;
          }
          whole.end();
        }
      },
    close: () => provider.shutdown(),
  };
}
