import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

/** What the endpoint does with one request; the last one given is used for all that follow. */
export type Script = {
  /** Sent one by one as deltas. */
  readonly tokens?: readonly string[];
  /** Sent as `reasoning_content` before the tokens. */
  readonly thoughts?: readonly string[];
  /** Milliseconds before each token. */
  readonly pause?: number;
  /** Answer with this status and OpenAI's error body instead. */
  readonly status?: number;
  readonly errorMessage?: string;
  /** Cut the connection after so many tokens. */
  readonly cutAfter?: number;
  /** Send the tokens, then say nothing more and keep the connection open. */
  readonly hang?: boolean;
};

/** A request as it came in. */
export type SeenRequest = {
  readonly path: string;
  readonly authorization: string | undefined;
  readonly body: {
    readonly model: string;
    readonly messages: readonly { readonly role: string; readonly content: string }[];
    readonly [name: string]: unknown;
  };
};

export type ScriptedModel = {
  readonly baseUrl: string;
  readonly requests: readonly SeenRequest[];
  /** Requests being answered now, and those whose client went away before the end. */
  readonly open: number;
  readonly aborted: number;
  /** Replaces what comes next. */
  play(...scripts: readonly (Script | ((request: SeenRequest) => Script))[]): void;
  /** Resolves when `condition` holds; it is looked at whenever a request begins, moves on or ends. */
  until(condition: () => boolean): Promise<void>;
  close(): Promise<void>;
  /** After `close`: serves again at the same address. */
  reopen(): Promise<void>;
};

/** An OpenAI-compatible endpoint on loopback that says what a test tells it to. */
export async function startScriptedModel(
  ...scripts: readonly (Script | ((request: SeenRequest) => Script))[]
): Promise<ScriptedModel> {
  let queue = [...scripts];
  const requests: SeenRequest[] = [];
  const waiting = new Set<() => void>();
  const counts = { open: 0, aborted: 0 };
  const moved = (): void => {
    for (const look of waiting) look();
  };

  const server = createServer((request, response) => {
    counts.open++;
    let finished = false;
    response.on('finish', () => {
      finished = true;
    });
    response.on('close', () => {
      counts.open--;
      if (!finished) counts.aborted++;
      moved();
    });
    answer(request, response).catch(() => response.destroy());
  });

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(Buffer.from(part));
    const seen: SeenRequest = {
      path: request.url ?? '',
      authorization: request.headers.authorization,
      body: JSON.parse(Buffer.concat(parts).toString('utf8')),
    };
    requests.push(seen);
    moved();
    const next = (queue.length > 1 ? queue.shift() : queue[0]) ?? {};
    const script = typeof next === 'function' ? next(seen) : next;
    if (script.status !== undefined) {
      response.writeHead(script.status, { 'content-type': 'application/json' });
      response.end(
        JSON.stringify({ error: { message: script.errorMessage ?? 'scripted', type: 'scripted' } }),
      );
      return;
    }
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    const send = (delta: object, reason: string | null = null): void => {
      const choice = { index: 0, delta, finish_reason: reason };
      const chunk = { id: 'scripted', object: 'chat.completion.chunk', created: 0, model: seen.body.model };
      response.write(`data: ${JSON.stringify({ ...chunk, choices: [choice] })}\n\n`);
      moved();
    };
    for (const thought of script.thoughts ?? [])
      send({ role: 'assistant', content: null, reasoning_content: thought });
    for (const [index, token] of (script.tokens ?? []).entries()) {
      if (script.pause !== undefined) await delay(script.pause);
      if (response.destroyed) return;
      if (index === script.cutAfter) {
        response.destroy();
        return;
      }
      send({ role: 'assistant', content: token });
    }
    if (script.hang) return;
    send({}, 'stop');
    response.end('data: [DONE]\n\n');
  }

  const listen = (on: number) => new Promise<void>((resolve) => server.listen(on, '127.0.0.1', resolve));
  await listen(0);
  const { port } = server.address() as AddressInfo;
  return {
    baseUrl: `http://127.0.0.1:${port}/v1`,
    requests,
    get open() {
      return counts.open;
    },
    get aborted() {
      return counts.aborted;
    },
    play(...next) {
      queue = [...next];
    },
    until(condition) {
      return new Promise((resolve) => {
        const look = (): void => {
          if (!condition()) return;
          waiting.delete(look);
          resolve();
        };
        waiting.add(look);
        look();
      });
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
    reopen: () => listen(port),
  };
}

/** A text cut into tokens as a model would: words with the space before them. */
export function tokensOf(text: string): string[] {
  return text.match(/\s*\S+|\s+$/g) ?? [];
}
