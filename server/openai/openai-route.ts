import { type Context, Hono } from 'hono';
import type { Embedder } from '../../knowledge/embedder.ts';
import { DocentError } from '../../knowledge/errors.ts';
import type { StoreReader } from '../../knowledge/snapshot.ts';
import type { Answer } from '../answer/answer.ts';
import { type AppEnv, answerOptionsOf, askerOf } from '../asker.ts';
import { CONVERSATION_TOO_LARGE, LARGEST_CONVERSATION } from '../chat-request.ts';
import { chatCompletionRequest } from '../contract/openai-chat.ts';
import { embeddingsRequest } from '../contract/openai-embeddings.ts';
import { limitBody } from '../limit-body.ts';
import { type AdmitTexts, admitAnyTexts } from '../limits/admit-texts.ts';
import type { Log } from '../log.ts';
import { publicOrigin } from '../public-origin.ts';
import { streamOver, type Wire } from '../stream-events.ts';
import { toApiError } from './api-fault.ts';
import { type ChatCompletionChunk, chunksOf, completionOf } from './completion.ts';
import { contentOf } from './content.ts';
import { conversationOf, textOf } from './conversation.ts';
import { makeBound, makeTokenCounter, usageOf } from './count-tokens.ts';
import { embedTexts } from './embed-texts.ts';
import { assertModel, CHAT_MODELS, embeddingModels, modelOf, QUOTING_MODEL } from './models.ts';
import { readBody } from './read-body.ts';

export type OpenAiDeps = {
  readonly answer: Answer;
  readonly store: StoreReader;
  readonly embedder: Embedder;
  readonly log: Log;
  /** Of texts to embed; any number where undefined. */
  readonly admitTexts?: AdmitTexts | undefined;
  /** Address for links; the host asked where undefined. */
  readonly publicUrl?: string | undefined;
};

/** Kilobytes of texts to embed. */
const LARGEST_INPUT = 1024;
const INPUT_TOO_LARGE = `The texts have more than ${LARGEST_INPUT} kB together. Send fewer at once.`;

const wire: Wire<ChatCompletionChunk | 'done'> = {
  event: (chunk) => `data: ${chunk === 'done' ? '[DONE]' : JSON.stringify(chunk)}\n\n`,
  fault: (error) => `data: ${JSON.stringify(toApiError(error).body)}\n\n`,
};

/** OpenAI's API over the docs: `/chat/completions`, `/models` and `/embeddings`. */
export function openAiRoute({
  answer,
  store,
  embedder,
  log,
  publicUrl,
  admitTexts = admitAnyTexts,
}: OpenAiDeps): Hono<AppEnv> {
  const count = makeTokenCounter();
  const models = [...CHAT_MODELS, ...embeddingModels(embedder.id)];

  async function complete(context: Context<AppEnv>): Promise<Response> {
    const body = await readBody(chatCompletionRequest, context.req.raw);
    assertModel(body.model, CHAT_MODELS);
    const { request, tone } = conversationOf(body.messages);
    const prompt = body.messages.map(textOf).join('\n');
    const most = body.max_completion_tokens ?? body.max_tokens;
    const leaving = new AbortController();
    const events = answer(request, {
      ...answerOptionsOf(context, leaving.signal),
      ...(tone !== undefined && { tone }),
      ...(body.model === QUOTING_MODEL && { quoted: true }),
    });
    const options = {
      model: body.model,
      usageFor: (completion: string) => usageOf(count, prompt, completion),
    };
    const content = {
      origin: publicOrigin(context, publicUrl),
      bound: typeof most === 'number' ? makeBound(count, most) : undefined,
    };

    const leaveWith = (signal: AbortSignal): void => {
      const leave = () => leaving.abort(signal.reason);
      if (signal.aborted) leave();
      else signal.addEventListener('abort', leave);
    };
    const { signal } = context.req.raw;
    leaveWith(signal);
    if (!body.stream) {
      return context.json(await completionOf(contentOf(events, { ...content, asWritten: false }), options));
    }
    const begun = await begin(events);
    const includeUsage = body.stream_options?.include_usage === true;
    return streamOver(wire, {
      signal,
      onError: (error) => log.error(error),
      async *events(ended) {
        leaveWith(ended);
        yield* chunksOf(contentOf(begun, { ...content, asWritten: true }), { ...options, includeUsage });
        yield 'done';
      },
    });
  }

  return new Hono<AppEnv>()
    .post('/chat/completions', limitBody(LARGEST_CONVERSATION, CONVERSATION_TOO_LARGE), complete)
    .all('/chat/completions', only('POST'))
    .post('/embeddings', limitBody(LARGEST_INPUT, INPUT_TOO_LARGE), async (context) => {
      const body = await readBody(embeddingsRequest, context.req.raw);
      assertModel(body.model, embeddingModels(embedder.id));
      const admit = (tokens: number) => admitTexts(askerOf(context).name, tokens);
      return context.json(await embedTexts(body, { embedder, count, admit }, context.req.raw.signal));
    })
    .all('/embeddings', only('POST'))
    .get('/models', async (context) => {
      const { createdAt } = await store.current();
      return context.json({ object: 'list', data: models.map((id) => modelOf(id, createdAt)) });
    })
    .all('/models', only('GET'))
    .get('/models/:id{.+}', async (context) => {
      const id = context.req.param('id');
      assertModel(id, models);
      return context.json(modelOf(id, (await store.current()).createdAt));
    })
    .all('/models/:id{.+}', only('GET'))
    .all('*', (context) => {
      throw new DocentError(
        'not_found',
        `There is no ${context.req.method} ${context.req.path}. There is POST /v1/chat/completions, POST /v1/embeddings, GET /v1/models and GET /v1/models/ID.`,
      );
    });
}

/** Waits for the first event: what fails before it can still be told by the status. */
async function begin<Event>(events: AsyncGenerator<Event>): Promise<AsyncIterable<Event>> {
  const first = await events.next();
  return (async function* () {
    if (first.done) return;
    try {
      yield first.value;
      yield* events;
    } finally {
      await events.return(undefined);
    }
  })();
}

/** Refuses other methods than the one that an address is for. */
function only(method: string): (context: Context) => never {
  return (context) => {
    context.header('allow', method);
    throw new DocentError(
      'method_not_allowed',
      `${context.req.path} takes ${method}, not ${context.req.method}.`,
    );
  };
}
