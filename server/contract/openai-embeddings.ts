import { z } from 'zod';
import { noEffect, usage } from './openai-chat.ts';

/** Texts in one request for embeddings. */
export const MOST_INPUTS = 256;
const EXPECTED = `Send a text, or a list of 1 to ${MOST_INPUTS} texts.`;
const input = z
  .string({
    error: ({ input: given }) =>
      typeof given === 'number' || Array.isArray(given)
        ? 'Send text, not token numbers: they belong to another tokenizer.'
        : `Send text, not ${given === null ? 'null' : typeof given}.`,
  })
  .refine((text) => !/^(?:(?:passage|query):)?\s*$/.test(text), { error: 'An empty text has no embedding.' });

/** `POST /v1/embeddings`. */
export const embeddingsRequest = z
  .strictObject({
    model: z.string().describe('`docent-embedding`, or the id that `GET /v1/models` tells.'),
    input: z
      .union([input, z.array(input).min(1, EXPECTED).max(MOST_INPUTS, EXPECTED)], { error: EXPECTED })
      .describe(
        'Texts. One that begins with `passage: ` is embedded as a passage to be found, any other as a question or for comparison with its like.',
      ),
    encoding_format: z.enum(['float', 'base64']).nullish(),
    dimensions: z.number().int().nullish().describe('Only the model’s own number is taken.'),
    user: noEffect.optional(),
  })
  .describe('Texts to embed.');

export const embeddingsResponse = z
  .object({
    object: z.literal('list'),
    data: z.array(
      z.object({
        object: z.literal('embedding'),
        index: z.number().int(),
        embedding: z
          .union([z.array(z.number()), z.string()])
          .describe('A unit vector: numbers, or base64 of little-endian 32-bit floats.'),
      }),
    ),
    model: z.string().describe('The id of the model, which changes whenever its vectors do.'),
    usage: usage.pick({ prompt_tokens: true, total_tokens: true }),
  })
  .describe('Embeddings in the order of the texts.');
