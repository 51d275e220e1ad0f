import { Hono } from 'hono';
import manifest from '../../package.json' with { type: 'json' };
import { docentOperations, GROUPS } from '../openapi/docent-operations.ts';
import { makeDocument, type OpenApiDocument } from '../openapi/make-document.ts';
import { MCP_GROUP, mcpOperation } from '../openapi/mcp-operation.ts';
import { OPENAI_GROUP, openAiOperations } from '../openapi/openai-operations.ts';

let made: OpenApiDocument | undefined;

/** The OpenAPI 3.1 document of all routes. */
export function openApiDocument(): OpenApiDocument {
  made ??= makeDocument({
    info: {
      title: 'Docent',
      version: manifest.version,
      description: 'Answers questions about the docs, and proves each statement by their words.',
    },
    groups: [...GROUPS, OPENAI_GROUP, MCP_GROUP],
    operations: [...docentOperations, ...openAiOperations, mcpOperation],
  });
  return made;
}

/** `GET /openapi.json`. */
export function openApiRoute(): Hono {
  return new Hono().get('/openapi.json', (context) => context.json(openApiDocument()));
}
