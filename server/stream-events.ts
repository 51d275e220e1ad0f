import { asDocentError, type DocentError } from '../knowledge/errors.ts';
import { toErrorBody } from './error-status.ts';
import type { ChatEvent } from './events.ts';

/** Comment lines this often keep proxies from closing a quiet stream. */
const HEARTBEAT_MS = 15_000;

export type StreamOptions<Event> = {
  /** Makes the events; the signal aborts when the reader goes away. */
  readonly events: (signal: AbortSignal) => AsyncGenerator<Event>;
  /** Aborts when the client's connection ends. */
  readonly signal: AbortSignal;
  /** Gets each fault with its cause; the reader gets only its code and safe message. */
  readonly onError: (error: DocentError) => void;
  readonly heartbeat?: number;
};

/** How a protocol writes its events, and the fault that ends a stream. */
export type Wire<Event> = {
  readonly event: (event: Event) => string;
  readonly fault: (error: DocentError) => string;
};

const chatWire: Wire<ChatEvent> = {
  event: toWire,
  fault: (error) => toWire({ type: 'error', ...toErrorBody(error).body }),
};

/** Chat events as a server-sent event stream: `event` is the type, `data` the rest as JSON. */
export function streamEvents(options: StreamOptions<ChatEvent>): Response {
  return streamOver(chatWire, options);
}

/**
 * Any events as a server-sent event stream. One event is taken from the generator when the connection can
 * take one. A fault after the first byte becomes the last event. When the reader leaves, the signal aborts
 * and the generator is ended.
 */
export function streamOver<Event>(wire: Wire<Event>, options: StreamOptions<Event>): Response {
  const { signal, onError, heartbeat = HEARTBEAT_MS } = options;
  const leaving = new AbortController();
  const encoder = new TextEncoder();
  const events = options.events(leaving.signal);

  // One timer for the whole stream, since it is put off at each event.
  let beat: NodeJS.Timeout | undefined;
  let waiting = false;

  function end(): void {
    clearInterval(beat);
    signal.removeEventListener('abort', leave);
  }

  function leave(): void {
    end();
    if (leaving.signal.aborted) return;
    leaving.abort(signal.reason);
    // Not awaited: a generator in the middle of something ends when the signal reaches that.
    events.return(undefined).catch(() => {});
  }
  function sayStillHere(controller: ReadableStreamDefaultController<Uint8Array>): void {
    if (waiting) controller.enqueue(encoder.encode(': still here\n\n'));
  }
  if (signal.aborted) leave();
  else signal.addEventListener('abort', leave);

  const body = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        beat = beat?.refresh() ?? setInterval(sayStillHere, heartbeat, controller);
        waiting = true;
        try {
          const next = await events.next();
          waiting = false;
          if (leaving.signal.aborted) return end();
          if (!next.done) return controller.enqueue(encoder.encode(wire.event(next.value)));
          end();
          controller.close();
        } catch (cause) {
          end();
          if (leaving.signal.aborted) return;
          const error = asDocentError(cause);
          onError(error);
          controller.enqueue(encoder.encode(wire.fault(error)));
          controller.close();
        }
      },
      cancel: leave,
    },
    { highWaterMark: 0 },
  );
  return new Response(body, {
    headers: {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-cache, no-transform',
      // nginx would otherwise collect tokens before it passes them on.
      'x-accel-buffering': 'no',
    },
  });
}

function toWire({ type, ...data }: ChatEvent): string {
  return `event: ${type}\ndata: ${JSON.stringify(data)}\n\n`;
}
