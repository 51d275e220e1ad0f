import { z } from 'zod';

export const model = z.object({
  id: z.string(),
  object: z.literal('model'),
  created: z.number().int().describe('When the index was last changed, Unix time in seconds.'),
  owned_by: z.literal('docent'),
});
export const modelList = z.object({ object: z.literal('list'), data: z.array(model) });
