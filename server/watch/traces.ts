import { AsyncLocalStorage } from 'node:async_hooks';
import {
  type Context,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  type Tracer,
  trace,
} from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BasicTracerProvider, BatchSpanProcessor } from '@opentelemetry/sdk-trace-base';
import { asDocentError } from '../../knowledge/errors.ts';
import type { Answer } from '../answer/answer.ts';
import type { ChatModel } from '../answer/chat-model.ts';
import type { ChatEvent } from '../events.ts';
import { traceModel } from './trace-model.ts';

export type TracedRequest = {
  /** Work whose answers and model calls are part of the request. */
  run<T>(work: () => T): T;
  /** `route` is a pattern, never an address that somebody typed. */
  end(route: string, status: number): void;
};

export type Traces = {
  /** Begins a request's span, below the one of who asks where `traceparent` names one. */
  request(method: string, traceparent: string | undefined): TracedRequest;
  /** The same answers, each a span, and under it each stage. No word of question or answer is in it. */
  observe(answer: Answer): Answer;
  /** The same model, each call a span of the answer that it is for. */
  model(model: ChatModel): ChatModel;
  /** Sends what is still held, and waits for that no longer than `patience`. */
  close(): Promise<void>;
};

/** A collector that doesn't answer must not hold up a stop for longer, in ms. */
const PATIENCE_MS = 2_000;
const TRACEPARENT =
  /^(?!ff)[0-9a-f]{2}-((?!0{32})[0-9a-f]{32})-((?!0{16})[0-9a-f]{16})-([0-9a-f]{2})(?:-.*)?$/;

/** `endpoint`: an OTLP collector's address, such as `http://localhost:4318`. */
export function makeTraces(
  endpoint: string,
  { patience = PATIENCE_MS }: { readonly patience?: number } = {},
): Traces {
  const exporter = new OTLPTraceExporter({ url: `${endpoint.replace(/\/+$/, '')}/v1/traces` });
  const provider = new BasicTracerProvider({
    resource: resourceFromAttributes({ 'service.name': 'docent' }),
    spanProcessors: [new BatchSpanProcessor(exporter)],
  });
  const tracer = provider.getTracer('docent');
  /** What a span that begins now is part of. */
  const active = new AsyncLocalStorage<Context>();
  const above = (): Context => active.getStore() ?? ROOT_CONTEXT;

  return {
    request(method, traceparent) {
      const span = tracer.startSpan(method, { kind: SpanKind.SERVER }, contextOf(traceparent));
      span.setAttribute('http.request.method', method);
      return {
        run: (work) => active.run(trace.setSpan(ROOT_CONTEXT, span), work),
        end(route, status) {
          span.updateName(`${method} ${route}`);
          span.setAttributes({ 'http.route': route, 'http.response.status_code': status });
          if (status >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
          span.end();
        },
      };
    },
    observe: (answer) => (request, options) => {
      // Taken at once: whoever asks for the events may do so from elsewhere.
      const parent = above();
      return traced(parent);

      async function* traced(parent: Context): AsyncGenerator<ChatEvent> {
        const span = tracer.startSpan('answer', {}, parent);
        const under = trace.setSpan(parent, span);
        const onLap = stageSpans(tracer, under);
        const events = answer(request, { ...options, onLap });
        try {
          for (;;) {
            const next = await active.run(under, () => events.next());
            if (next.done) return;
            if (next.value.type === 'done') {
              const { mode, score, version } = next.value;
              span.setAttributes({ 'docent.mode': mode, 'docent.score': score, 'docent.version': version });
            }
            yield next.value;
          }
        } catch (error) {
          fail(span, error);
          throw error;
        } finally {
          await active.run(under, () => events.return(undefined));
          span.end();
        }
      }
    },
    model: (model) => traceModel(model, { tracer, above, fail }),
    async close() {
      const sent = provider.shutdown().catch(() => {});
      let late: NodeJS.Timeout | undefined;
      const enough = new Promise<void>((resolve) => {
        late = setTimeout(resolve, patience);
      });
      await Promise.race([sent, enough]);
      clearTimeout(late);
    },
  };
}

/** Stages follow each other without a gap, so each begins where the last ended. */
function stageSpans(tracer: Tracer, under: Context): (stage: string, ms: number) => void {
  let at = Date.now();
  return (stage, ms) => {
    tracer.startSpan(stage, { startTime: at }, under).end(at + ms);
    at += ms;
  };
}

/** A fault by its code: messages may name documents. */
function fail(span: Span, error: unknown): void {
  span.setStatus({ code: SpanStatusCode.ERROR, message: asDocentError(error).code });
}

/** What a W3C `traceparent` names, else nothing. */
function contextOf(traceparent: string | undefined): Context {
  const [, traceId, spanId, flags] = TRACEPARENT.exec(traceparent ?? '') ?? [];
  if (traceId === undefined || spanId === undefined || flags === undefined) return ROOT_CONTEXT;
  const traceFlags = Number.parseInt(flags, 16);
  return trace.setSpanContext(ROOT_CONTEXT, { traceId, spanId, traceFlags, isRemote: true });
}
