import type { ChatEvent, ErrorBody } from '../../server/events.ts';
import type { SseMessage } from './sse.ts';

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The fields without which a client can't use an event of that type. */
const required: Record<ChatEvent['type'], (body: Record<string, unknown>) => boolean> = {
  question: (body) => typeof body.text === 'string',
  stage: (body) => typeof body.stage === 'string',
  sources: (body) => Array.isArray(body.sources),
  delta: (body) => typeof body.text === 'string',
  claim: (body) =>
    typeof body.start === 'number' && typeof body.end === 'number' && Array.isArray(body.citations),
  disagreement: (body) => Array.isArray(body.sides),
  done: (body) => typeof body.mode === 'string',
  error: (body) => typeof body.message === 'string',
};

function isEventType(name: string): name is ChatEvent['type'] {
  return Object.hasOwn(required, name);
}

function isChatEvent(event: Record<string, unknown>): event is Record<string, unknown> & ChatEvent {
  return typeof event.type === 'string' && isEventType(event.type) && required[event.type](event);
}

export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The chat event in an SSE message; undefined for one that this client doesn't know. */
export function readChatEvent(message: SseMessage): ChatEvent | undefined {
  const body = parseJson(message.data);
  if (!isRecord(body)) return undefined;
  const event = { ...body, type: message.event };
  return isChatEvent(event) ? event : undefined;
}

export function isErrorBody(value: unknown): value is ErrorBody {
  return isRecord(value) && typeof value.message === 'string' && typeof value.code === 'string';
}
