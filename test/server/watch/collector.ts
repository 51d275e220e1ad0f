import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A span as OTLP's JSON has it, as far as tests look at it. */
export type SentSpan = {
  readonly name: string;
  readonly kind: number;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly startTimeUnixNano: string;
  readonly endTimeUnixNano: string;
  readonly status: { readonly code: number; readonly message?: string };
  readonly attributes: Readonly<Record<string, string | number>>;
};

export type Collector = {
  readonly endpoint: string;
  /** All that was sent. */
  text(): string;
  spans(): SentSpan[];
  close(): Promise<void>;
};

type Attribute = { key: string; value: { stringValue?: string; intValue?: number; doubleValue?: number } };

/** An OTLP collector on loopback; one that `hangs` takes what is sent and never answers. */
export async function startCollector({ hangs = false } = {}): Promise<Collector> {
  const sent: string[] = [];
  const server = createServer((incoming, response) => {
    let body = '';
    incoming.setEncoding('utf8').on('data', (piece) => {
      body += piece;
    });
    incoming.on('end', () => {
      sent.push(body);
      if (!hangs) response.setHeader('content-type', 'application/json').end('{}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    endpoint: `http://127.0.0.1:${port}/`,
    text: () => sent.join('\n'),
    spans: () =>
      sent
        .flatMap((body) => JSON.parse(body).resourceSpans[0].scopeSpans[0].spans)
        .map(({ attributes, ...span }) => ({ ...span, attributes: valuesOf(attributes) })),
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function valuesOf(attributes: readonly Attribute[]): Record<string, string | number> {
  return Object.fromEntries(
    attributes.map(({ key, value }) => [key, value.stringValue ?? value.intValue ?? value.doubleValue ?? '']),
  );
}
