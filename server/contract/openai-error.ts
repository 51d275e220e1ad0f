import { z } from 'zod';

export const apiError = z
  .object({
    error: z.object({
      message: z.string(),
      type: z.enum(['invalid_request_error', 'rate_limit_error', 'server_error']),
      param: z.string().nullable().describe('The parameter at fault.'),
      code: z.string().nullable(),
    }),
  })
  .describe('Body of every answer below /v1 that is not a success.');
