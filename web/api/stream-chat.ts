import type { ChatEvent, ChatRequest } from '../../server/events.ts';
import { texts } from '../texts.ts';
import { readChatEvent } from './chat-events.ts';
import { readFailure } from './read-failure.ts';
import { makeSseParser } from './sse.ts';

export type StreamChat = (request: ChatRequest, signal: AbortSignal) => AsyncGenerator<ChatEvent>;

function failure(code: string, message: string): ChatEvent {
  return { type: 'error', code, message };
}

/**
 * Asks the server and yields its events. Always ends with `done` or `error`: the codes `unreachable`
 * and `stream_cut` are this client's own, the others the server's. After an abort it ends silently.
 */
export function makeStreamChat(deps: { fetch: typeof fetch }): StreamChat {
  return async function* streamChat(request, signal) {
    let response: Response;
    try {
      response = await deps.fetch('/api/chat', {
        method: 'POST',
        headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
        body: JSON.stringify(request),
        signal,
      });
    } catch {
      if (!signal.aborted) yield failure('unreachable', texts.errors.unreachable);
      return;
    }
    if (!response.ok || !response.body) {
      yield { type: 'error', ...(await readFailure(response)) };
      return;
    }
    yield* readEvents(response.body, signal);
  };
}

async function* readEvents(body: ReadableStream<Uint8Array>, signal: AbortSignal): AsyncGenerator<ChatEvent> {
  const reader = body.getReader();
  const parser = makeSseParser();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      for (const message of parser.push(value)) {
        const event = readChatEvent(message);
        if (!event) continue;
        yield event;
        if (event.type === 'done' || event.type === 'error') return;
      }
    }
  } catch {
    // A broken connection is the same to the reader as a stream that just ends.
  } finally {
    reader.cancel().catch(() => undefined);
  }
  if (!signal.aborted) yield failure('stream_cut', texts.errors.cut);
}
