import { setTimeout as delay } from 'node:timers/promises';
import { coerceMessageLikeToMessage } from '@langchain/core/messages';
import { initChatModel } from 'langchain';
import { type Endpoint, modelError, statusOf } from './model-errors.ts';
import { makeThoughtFilter } from './thoughts.ts';

/** A message to a language model. */
export type ModelMessage = { readonly role: 'system' | 'user' | 'assistant'; readonly content: string };

export type StreamOptions = {
  /** Ends the model's work, and with it the HTTP request, at once. */
  readonly signal?: AbortSignal;
  /** Upper bound of tokens written. */
  readonly maxTokens?: number;
};

/** `json`: ask the endpoint for one JSON object; ones that can't do so are asked again without. */
export type CompleteOptions = StreamOptions & { readonly json?: boolean };

/**
 * A language model that writes text. Thoughts of reasoning models are left out. Both methods throw
 * `DocentError` `model_unreachable` or `model_refused`, and the signal's reason when aborted.
 */
export type ChatModel = {
  /** The model's name as the endpoint knows it. */
  readonly name: string;
  /** Tokens that messages and answer may take together. */
  readonly contextTokens: number;
  /** Whether it isn't asked at present, since it has failed again and again. */
  readonly isDown?: () => boolean;
  /** Pieces of the answer as they come, none empty. Breaking out of the loop closes the request. */
  stream(messages: readonly ModelMessage[], options?: StreamOptions): AsyncIterable<string>;
  complete(messages: readonly ModelMessage[], options?: CompleteOptions): Promise<string>;
};

export type ChatModelOptions = {
  /** Name as the endpoint knows it, without a provider's prefix. */
  readonly model: string;
  /** May be absent for endpoints that ask for none. */
  readonly apiKey?: string | undefined;
  /** Address of an OpenAI-compatible API up to `/v1`; OpenAI's own without. */
  readonly baseUrl?: string | undefined;
  /** Default: 4,096, which Ollama gives unless told otherwise, with a base URL; 32,768 without. */
  readonly contextTokens?: number | undefined;
  /** Milliseconds without any sign of life after which the model counts as unreachable. */
  readonly silence?: number;
};

/** Time before the one retry, so that a passing fault heals and a lasting one is told soon. */
const RETRY_DELAY_MS = 500;

/** A chat model behind OpenAI's API, through LangChain. Makes no request by itself. */
export function makeChatModel(options: ChatModelOptions): ChatModel {
  const { model: name, apiKey, baseUrl, silence = 120_000 } = options;
  const endpoint: Endpoint = { model: name, host: baseUrl ? new URL(baseUrl).host : 'api.openai.com' };
  const clients = new Map<number | undefined, ReturnType<typeof initChatModel>>();

  function clientFor(maxTokens: number | undefined): ReturnType<typeof initChatModel> {
    const known = clients.get(maxTokens);
    if (known) return known;
    const client = initChatModel(name, {
      modelProvider: 'openai',
      // Endpoints without keys still get a header; the SDK refuses to start with none.
      apiKey: apiKey ?? 'none',
      maxRetries: 0,
      timeout: silence,
      streamUsage: false,
      ...(baseUrl ? { configuration: { baseURL: baseUrl } } : {}),
      ...(maxTokens === undefined ? {} : { maxTokens }),
      ...(thinksBeforeWriting(name) ? {} : { temperature: 0 }),
    });
    clients.set(maxTokens, client);
    return client;
  }

  async function* request(messages: readonly ModelMessage[], call: CompleteOptions): AsyncGenerator<string> {
    const closing = new AbortController();
    const close = (): void => closing.abort(call.signal?.reason);
    call.signal?.throwIfAborted();
    call.signal?.addEventListener('abort', close);
    const quiet = setTimeout(close, silence);
    try {
      const client = await (await clientFor(call.maxTokens))._getModelInstance();
      // Not `stream`: its callbacks, copies and queues cost 27 of 68 µs a token.
      const stream = client._streamResponseChunks(messages.map(coerceMessageLikeToMessage), {
        signal: closing.signal,
        ...(call.json ? { response_format: { type: 'json_object' } } : {}),
      });
      for await (const { message } of stream) {
        quiet.refresh();
        const text = textOf(message.content);
        if (text !== '') yield text;
      }
      closing.signal.throwIfAborted();
    } catch (error) {
      call.signal?.throwIfAborted();
      throw closing.signal.aborted ? new Error('timeout') : error;
    } finally {
      clearTimeout(quiet);
      call.signal?.removeEventListener('abort', close);
      closing.abort();
    }
  }

  /** One more try after a fault that may pass, if nothing has been shown yet. */
  async function* patiently(
    messages: readonly ModelMessage[],
    call: CompleteOptions,
  ): AsyncGenerator<string> {
    let begun = false;
    try {
      for await (const piece of request(messages, call)) {
        begun = true;
        yield piece;
      }
      return;
    } catch (error) {
      call.signal?.throwIfAborted();
      const withoutJson = call.json === true && statusOf(error) === 400;
      if (begun || !(withoutJson || mayPass(error))) throw modelError(error, endpoint);
      if (!withoutJson) await delay(RETRY_DELAY_MS, undefined, call.signal ? { signal: call.signal } : {});
      if (withoutJson) call = { ...call, json: false };
    }
    try {
      yield* request(messages, call);
    } catch (error) {
      call.signal?.throwIfAborted();
      throw modelError(error, endpoint);
    }
  }

  async function* write(
    messages: readonly ModelMessage[],
    call: CompleteOptions = {},
  ): AsyncGenerator<string> {
    const thoughts = makeThoughtFilter();
    for await (const piece of patiently(messages, call)) {
      const shown = thoughts.push(piece);
      if (shown !== '') yield shown;
    }
    const rest = thoughts.flush();
    if (rest !== '') yield rest;
  }

  return {
    name,
    contextTokens: options.contextTokens ?? (baseUrl ? 4_096 : 32_768),
    stream: write,
    async complete(messages, call) {
      let text = '';
      for await (const piece of write(messages, call)) text += piece;
      return text.trim();
    },
  };
}

/** OpenAI's reasoning models, which refuse any temperature but their own. */
function thinksBeforeWriting(model: string): boolean {
  return /^(?:o\d|gpt-[5-9])/.test(model);
}

function mayPass(error: unknown): boolean {
  const status = statusOf(error);
  return status === undefined ? !/timeout/i.test(String(error)) : [502, 503, 504].includes(status);
}

/** A message's text, which is a string or a list of parts of which only the text is an answer. */
function textOf(content: unknown): string {
  if (typeof content === 'string') return content;
  if (!Array.isArray(content)) return '';
  return content
    .map((part: unknown) => {
      if (typeof part === 'string') return part;
      if (typeof part !== 'object' || part === null || Reflect.get(part, 'type') !== 'text') return '';
      const text: unknown = Reflect.get(part, 'text');
      return typeof text === 'string' ? text : '';
    })
    .join('');
}
