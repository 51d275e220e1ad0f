import { z } from 'zod';
import { ERROR_STATUS } from '../error-status.ts';

export const errorBody = z
  .object({
    code: z.string().meta({ enum: Object.keys(ERROR_STATUS), description: 'Names the kind of fault.' }),
    message: z.string().describe('What is wrong and what to do, in a sentence that may be shown.'),
    retryAfter: z.number().exactOptional().describe('Seconds after which to try again, where that is known.'),
  })
  .meta({ id: 'ErrorBody', description: 'Body of every answer that is not a success.' });
