import type { z } from 'zod';
import type { model } from '../contract/openai-models.ts';
import { ApiFault } from './api-fault.ts';

export type Model = z.output<typeof model>;

/** Models that answer; the second never lets a language model write. */
export const CHAT_MODEL = 'docent';
export const QUOTING_MODEL = 'docent-quoted';
/** Stands for whatever model embeds the docs. */
export const EMBEDDING_MODEL = 'docent-embedding';

export const CHAT_MODELS: readonly string[] = [CHAT_MODEL, QUOTING_MODEL];
export const embeddingModels = (embedderId: string): readonly string[] => [EMBEDDING_MODEL, embedderId];

/** Throws OpenAI's `model_not_found`, which names those that are there. */
export function assertModel(asked: string, there: readonly string[]): void {
  if (there.includes(asked)) return;
  throw new ApiFault(
    'not_found',
    `The model ${JSON.stringify(asked)} does not exist here. There is ${there.join(', ')}.`,
    { param: 'model', code: 'model_not_found' },
  );
}

/** `created` is the time of the index in ISO 8601. */
export function modelOf(id: string, created: string): Model {
  return { id, object: 'model', created: Math.floor(Date.parse(created) / 1000), owned_by: 'docent' };
}
