import { z } from 'zod';

export const mcpError = z
  .object({
    jsonrpc: z.literal('2.0'),
    id: z
      .union([z.string(), z.number()])
      .nullable()
      .exactOptional()
      .describe('Of the message that it answers; null where that can’t be told.'),
    error: z.object({ code: z.number().int(), message: z.string(), data: z.unknown().optional() }),
  })
  .meta({ id: 'McpError', description: 'JSON-RPC’s error.' });
