import { afterEach, describe, expect, it } from 'vitest';
import { DocentError } from '../../../knowledge/errors.ts';
import type { Answer } from '../../../server/answer/answer.ts';
import type { ChatModel } from '../../../server/answer/chat-model.ts';
import { estimateTokens } from '../../../server/answer/prompt.ts';
import { makeApp } from '../../../server/app.ts';
import { listen } from '../../../server/listen.ts';
import { makeTraces, type Traces } from '../../../server/watch/traces.ts';
import { appDeps } from '../app-deps.ts';
import { type Collector, type SentSpan, startCollector } from './collector.ts';

const QUESTION = 'How much does Ann earn?';
const request = { messages: [{ role: 'user', content: QUESTION }] } as const;
const options = () => ({ signal: new AbortController().signal });
const away = new DocentError('model_unreachable', 'Ann’s model is away.');
const SERVER = 2;
const CLIENT = 3;
const FAILED = 2;

const quoting: Answer = async function* (_, { onLap }) {
  onLap?.('search', 20);
  yield { type: 'delta', text: 'One.' };
  onLap?.('quote', 5);
  yield {
    type: 'done',
    mode: 'quoted',
    score: 0.7,
    version: 3,
    timings: { search: 20, quote: 5, total: 25 },
  };
};

const model: ChatModel = {
  name: 'small',
  contextTokens: 8_192,
  async *stream() {
    yield 'Ann earns ';
    yield 'much.';
  },
  complete: () => Promise.reject(away),
};

/** What a written answer asks of its model. */
function writing(traced: ChatModel): Answer {
  return async function* (_, { onLap }) {
    const messages = [{ role: 'user', content: QUESTION }] as const;
    await traced.complete(messages).catch(() => '');
    for await (const text of traced.stream(messages)) yield { type: 'delta', text };
    onLap?.('write', 10);
    yield { type: 'done', mode: 'written', score: 0.7, version: 3, timings: {} };
  };
}

let collector: Collector;
let traces: Traces;
afterEach(() => collector.close());

async function start(settings: { hangs?: boolean; patience?: number } = {}): Promise<void> {
  collector = await startCollector(settings);
  traces = makeTraces(collector.endpoint, settings);
}

async function drain(events: AsyncGenerator<unknown>): Promise<void> {
  for await (const _ of events);
}

async function sent(): Promise<(name: string) => SentSpan> {
  await traces.close();
  const spans = collector.spans();
  expect(collector.text()).not.toContain('Ann');
  return (name) => {
    const found = spans.find((span) => span.name === name);
    if (!found) throw new Error(`no span "${name}" among ${spans.map((span) => span.name).join(', ')}`);
    return found;
  };
}

describe('traces', () => {
  it('hold an answer and each of its stages, and no word of what was said', async () => {
    await start();
    await drain(traces.observe(quoting)(request, options()));
    const span = await sent();
    const [whole, search, quote] = [span('answer'), span('search'), span('quote')];
    expect(whole.attributes).toMatchObject({ 'docent.mode': 'quoted', 'docent.score': 0.7 });
    for (const { parentSpanId, traceId } of [search, quote])
      expect({ parentSpanId, traceId }).toEqual({ parentSpanId: whole.spanId, traceId: whole.traceId });
    expect(BigInt(search.endTimeUnixNano) - BigInt(search.startTimeUnixNano)).toBe(20_000_000n);
    expect(quote.startTimeUnixNano).toBe(search.endTimeUnixNano);
  });

  it('hold the stages of an answer that failed, up to its fault', async () => {
    await start();
    const failing: Answer = async function* (_, { onLap }) {
      onLap?.('search', 20);
      yield { type: 'stage', stage: 'writing' };
      throw away;
    };
    await expect(drain(traces.observe(failing)(request, options()))).rejects.toThrow(away);
    const span = await sent();
    expect(span('answer').status).toEqual({ code: FAILED, message: 'model_unreachable' });
    expect(span('search').parentSpanId).toBe(span('answer').spanId);
  });

  it('hold each call of a model below its answer, with its tokens', async () => {
    await start();
    await drain(traces.observe(writing(traces.model(model)))(request, options()));
    await traces.close();
    const calls = collector.spans().filter(({ name }) => name === 'chat small');
    const [answer] = collector.spans().filter(({ name }) => name === 'answer');
    expect(calls.map(({ status }) => status.code)).toEqual([FAILED, 0]);
    for (const { kind, parentSpanId } of calls)
      expect({ kind, parentSpanId }).toEqual({ kind: CLIENT, parentSpanId: answer?.spanId });
    expect(calls[1]?.attributes).toMatchObject({
      'gen_ai.request.model': 'small',
      'gen_ai.usage.input_tokens': estimateTokens(QUESTION),
      'gen_ai.usage.output_tokens': estimateTokens('Ann earns ') + estimateTokens('much.'),
    });
    expect(collector.text()).not.toContain('Ann');
  });

  it('begin with the request, below that of who asks', async () => {
    await start();
    const app = makeApp(appDeps({ traces, answer: traces.observe(writing(traces.model(model))) }));
    const listener = await listen(app, { port: 0, host: '127.0.0.1' });
    const [traceId, parent] = ['0af7651916cd43dd8448eb211c80319c', 'b7ad6b7169203331'];
    const headers = { traceparent: `00-${traceId}-${parent}-01` };
    const asked = await fetch(`${listener.url}/api/chat`, {
      method: 'POST',
      body: JSON.stringify(request),
      headers,
    });
    await asked.text();
    await (await fetch(`${listener.url}/api/docs/ann.md`, { headers: { traceparent: '00-0-0-01' } })).text();
    await (await fetch(`${listener.url}/healthz`)).text();
    await listener.close(10_000);
    const span = await sent();
    const asking = span('POST /api/chat');
    expect(asking).toMatchObject({ kind: SERVER, traceId, parentSpanId: parent });
    expect(asking.attributes).toMatchObject({
      'http.request.method': 'POST',
      'http.response.status_code': 200,
    });
    expect(span('answer')).toMatchObject({ traceId, parentSpanId: asking.spanId });
    expect(span('chat small').parentSpanId).toBe(span('answer').spanId);
    const missing = span('GET /api/docs/*');
    expect(missing.attributes['http.response.status_code']).toBe(404);
    expect(missing.parentSpanId ?? '').toBe('');
    expect(collector.text()).not.toContain('healthz');
  });

  it('don’t wait long for a collector that hangs', async () => {
    await start({ hangs: true, patience: 10 });
    await drain(traces.observe(quoting)(request, options()));
    await traces.close();
  });
});
