import { z } from 'zod';
import { mcpError } from '../contract/mcp-error.ts';
import { jsonReply, type Operation, type Reply } from './operation.ts';

const group = 'MCP';
const id = z.union([z.string(), z.number()]);
const version = { jsonrpc: z.literal('2.0') };

const request = z
  .looseObject({ ...version, id: id.optional(), method: z.string(), params: z.looseObject({}).optional() })
  .meta({ id: 'McpRequest', description: 'A message of the Model Context Protocol, JSON-RPC 2.0.' });
const result = z
  .object({ ...version, id, result: z.looseObject({}) })
  .meta({ id: 'McpResult', description: 'What the protocol’s method gives.' });
const answered = z.union([result, mcpError]);
const progress = z.looseObject({ ...version, method: z.string() });

const refused = (description: string): Reply => jsonReply(description, mcpError);

export const MCP_GROUP = {
  name: group,
  description:
    'The Model Context Protocol over streamable HTTP: tools that search, read and ask the docs, and the documents as resources.',
};

/** The one address of the Model Context Protocol. */
export const mcpOperation: Operation = {
  id: 'sendMcp',
  method: 'post',
  path: '/mcp',
  group,
  summary: 'Send a message to the MCP server',
  description: 'Use a client of the protocol. Each request stands alone; there are no sessions.',
  body: request,
  example: {
    jsonrpc: '2.0',
    id: 1,
    method: 'tools/call',
    params: { name: 'search_docs', arguments: { query: 'What is an RMM?' } },
  },
  replies: {
    200: {
      description: 'The result, or a stream with the result as its last message.',
      bodies: { 'application/json': answered },
      events: { message: z.union([result, mcpError, progress]) },
    },
    202: { description: 'A notification has been taken.' },
    400: refused('Not a message of the protocol, or of a version that isn’t spoken here.'),
    401: refused('No access token, where one is asked for.'),
    403: refused('For a host, or from a page, that isn’t Docent’s.'),
    404: refused('There is no such method.'),
    405: refused('This is for POST.'),
    406: refused('The client has to accept both JSON and an event stream.'),
    413: refused('The message is too large.'),
    415: refused('The message isn’t JSON.'),
    429: refused('Too many requests. `retry-after` tells when to try again.'),
    500: refused('Something unforeseen.'),
  },
};
