import { McpServer, type ServerContext } from '@modelcontextprotocol/server';
import manifest from '../../package.json' with { type: 'json' };
import { citedAnswer } from '../contract/cited-answer.ts';
import {
  askDocsInput,
  listDocsInput,
  listDocsOutput,
  readSectionInput,
  readSectionOutput,
  searchDocsInput,
  searchDocsOutput,
} from '../contract/tools.ts';
import { askDocs } from './ask-docs.ts';
import type { Door } from './door.ts';
import { listDocs } from './list-docs.ts';
import { readSection } from './read-section.ts';
import { addResources } from './resources.ts';
import { searchDocs } from './search-docs.ts';
import { type ToolOutput, toolResult } from './tool-result.ts';

const INSTRUCTIONS = `Docent knows an organization's own docs. For a question use ask_docs: its answer comes from the docs alone, and each statement carries the words that prove it; pass those citations on. Where it says that the docs don't answer, say so instead of guessing. Use search_docs to look around, and read_section for the full text around a hit.`;

const READS_ONLY = { readOnlyHint: true, idempotentHint: true, destructiveHint: false, openWorldHint: false };

/** The protocol's server over the docs: four tools that only read, and the documents as resources. */
export function makeMcpServer(door: Door): McpServer {
  const server = new McpServer(
    { name: 'docent', title: 'Docent', version: manifest.version },
    {
      instructions: INSTRUCTIONS,
      capabilities: { tools: { listChanged: false }, resources: { listChanged: false } },
    },
  );
  const result = ({ mcpReq }: ServerContext, run: () => Promise<ToolOutput>) =>
    toolResult(run, { log: door.log, signal: mcpReq.signal });
  server.registerTool(
    'ask_docs',
    {
      title: 'Ask the docs',
      description:
        'Answers a question from the docs, with the file, line and words that prove each statement; or says that the docs don’t answer it, and what comes nearest.',
      inputSchema: askDocsInput,
      outputSchema: citedAnswer,
      annotations: READS_ONLY,
    },
    (input, context) => {
      const { signal } = context.mcpReq;
      return result(context, () => askDocs(input, door, { signal, onProgress: progressOf(context) }));
    },
  );
  server.registerTool(
    'search_docs',
    {
      title: 'Search the docs',
      description:
        'Finds the passages of the docs that fit a question or words best, each with its file and line.',
      inputSchema: searchDocsInput,
      outputSchema: searchDocsOutput,
      annotations: READS_ONLY,
    },
    (input, context) => result(context, () => searchDocs(input, door)),
  );
  server.registerTool(
    'read_section',
    {
      title: 'Read a section',
      description: 'The Markdown of a section with what stands below its heading, or of a whole document.',
      inputSchema: readSectionInput,
      outputSchema: readSectionOutput,
      annotations: READS_ONLY,
    },
    (input, context) => result(context, () => readSection(input, door)),
  );
  server.registerTool(
    'list_docs',
    {
      title: 'List the docs',
      description: 'All documents with their titles.',
      inputSchema: listDocsInput,
      outputSchema: listDocsOutput,
      annotations: READS_ONLY,
    },
    (_input, context) => result(context, () => listDocs(door)),
  );
  addResources(server, door);
  return server;
}

/** Tells whoever asked to be told how far an answer is. */
function progressOf({ mcpReq }: ServerContext): (progress: number, message: string) => Promise<void> {
  const progressToken = mcpReq._meta?.progressToken;
  return async (progress, message) => {
    if (progressToken === undefined) return;
    await mcpReq.notify({ method: 'notifications/progress', params: { progressToken, progress, message } });
  };
}
