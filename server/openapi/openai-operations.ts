import { z } from 'zod';
import { chatCompletion, chatCompletionChunk, chatCompletionRequest } from '../contract/openai-chat.ts';
import { embeddingsRequest, embeddingsResponse } from '../contract/openai-embeddings.ts';
import { apiError } from '../contract/openai-error.ts';
import { model, modelList } from '../contract/openai-models.ts';
import { jsonReply, type Operation, type Reply } from './operation.ts';

const group = 'OpenAI’s API';
const failed = apiError.meta({ id: 'OpenAiError' });
const completion = chatCompletion.meta({ id: 'ChatCompletion' });
const chunk = chatCompletionChunk.meta({ id: 'ChatCompletionChunk' });
const listed = model.meta({ id: 'Model' });

const refusals = (...statuses: readonly (keyof typeof REFUSALS)[]): Record<number, Reply> =>
  Object.fromEntries([...ALWAYS, ...statuses].map((status) => [status, jsonReply(REFUSALS[status], failed)]));

const REFUSALS = {
  400: '`param` names the parameter that is missing, unknown, unsupported or of another type.',
  401: '`invalid_api_key`: no access token, where one is asked for.',
  403: 'Sent by a page of a site that may not use this.',
  404: '`model_not_found`.',
  413: '`context_length_exceeded`, or a body that is too large.',
  429: 'Too many requests. `retry-after` tells when to try again.',
  500: 'Something unforeseen.',
  502: 'The model behind it can’t be reached, or refuses.',
  503: 'The index can’t be read, or the tokens of the day are spent.',
  504: 'The answer took too long.',
} as const;
const ALWAYS = [401, 403, 429, 500] as const;

export const OPENAI_GROUP = {
  name: group,
  description:
    'For programs that speak it: point them at `/v1`. An access token, where one is asked for, is the API key. Bodies are read as JSON, whatever their content type says.',
};

/** The routes below `/v1`, with OpenAI’s own errors. */
export const openAiOperations: readonly Operation[] = [
  {
    id: 'createChatCompletion',
    method: 'post',
    path: '/v1/chat/completions',
    group,
    summary: 'Answer the last question of a conversation',
    description:
      'Citations are Markdown links in the text and `url_citation` annotations. With `stream`, the answer comes in chunks, the last of them `[DONE]`; a fault after the first is an event with OpenAI’s error.',
    body: chatCompletionRequest.meta({ id: 'ChatCompletionRequest' }),
    example: { model: 'docent', messages: [{ role: 'user', content: 'What is an RMM?' }] },
    replies: {
      200: {
        description: 'The answer.',
        bodies: { 'application/json': completion },
        events: { message: z.union([chunk, failed]) },
      },
      ...refusals(400, 404, 413, 502, 503, 504),
    },
  },
  {
    id: 'createEmbedding',
    method: 'post',
    path: '/v1/embeddings',
    group,
    summary: 'Embed texts with the model that the docs are searched with',
    body: embeddingsRequest.meta({ id: 'EmbeddingsRequest' }),
    example: { model: 'docent-embedding', input: 'What is an RMM?' },
    replies: {
      200: jsonReply('Embeddings in the order of the texts.', embeddingsResponse.meta({ id: 'Embeddings' })),
      ...refusals(400, 404, 413, 502, 503),
    },
  },
  {
    id: 'listModels',
    method: 'get',
    path: '/v1/models',
    group,
    summary: 'List the models',
    replies: {
      200: jsonReply('The models.', modelList.extend({ data: z.array(listed) }).meta({ id: 'ModelList' })),
      ...refusals(503),
    },
  },
  {
    id: 'retrieveModel',
    method: 'get',
    path: '/v1/models/{id}',
    group,
    summary: 'Tell of one model',
    params: z.object({ id: z.string().meta({ examples: ['docent'] }) }),
    replies: { 200: jsonReply('The model.', listed), ...refusals(404, 503) },
  },
];
