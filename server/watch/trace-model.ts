import { type Context, type Span, SpanKind, type Tracer } from '@opentelemetry/api';
import type { ChatModel, ModelMessage } from '../answer/chat-model.ts';
import { estimateTokens } from '../answer/prompt.ts';

export type TraceModelDeps = {
  readonly tracer: Tracer;
  /** What a call that begins now is part of. */
  readonly above: () => Context;
  readonly fail: (span: Span, error: unknown) => void;
};

/** The same model, each call a span with its name and its tokens, which are estimated, and no word of either side. */
export function traceModel(model: ChatModel, { tracer, above, fail }: TraceModelDeps): ChatModel {
  function begin(messages: readonly ModelMessage[]): Span {
    const span = tracer.startSpan(`chat ${model.name}`, { kind: SpanKind.CLIENT }, above());
    const read = messages.reduce((sum, { content }) => sum + estimateTokens(content), 0);
    return span.setAttributes({
      'gen_ai.operation.name': 'chat',
      'gen_ai.request.model': model.name,
      'gen_ai.usage.input_tokens': read,
    });
  }
  function end(span: Span, written: number): void {
    span.setAttribute('gen_ai.usage.output_tokens', written).end();
  }

  return {
    ...model,
    async *stream(messages, options) {
      const span = begin(messages);
      let written = 0;
      try {
        for await (const piece of model.stream(messages, options)) {
          written += estimateTokens(piece);
          yield piece;
        }
      } catch (error) {
        fail(span, error);
        throw error;
      } finally {
        end(span, written);
      }
    },
    async complete(messages, options) {
      const span = begin(messages);
      let written = 0;
      try {
        const text = await model.complete(messages, options);
        written = estimateTokens(text);
        return text;
      } catch (error) {
        fail(span, error);
        throw error;
      } finally {
        end(span, written);
      }
    },
  };
}
