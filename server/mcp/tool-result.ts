import type { CallToolResult, ResourceLink } from '@modelcontextprotocol/server';
import { asDocentError } from '../../knowledge/errors.ts';
import type { Log } from '../log.ts';
import { resourceOf } from './door.ts';

/** What a tool gives: for programs, for readers, and the documents that it speaks of. */
export type ToolOutput = {
  readonly structured: Record<string, unknown>;
  readonly text: string;
  readonly documents: readonly { readonly path: string; readonly title: string }[];
};

/** Runs a tool. A fault becomes a tool error with its safe message; those of Docent's own are logged. */
export async function toolResult(
  run: () => Promise<ToolOutput>,
  { log, signal }: { log: Log; signal: AbortSignal },
): Promise<CallToolResult> {
  try {
    const { structured, text, documents } = await run();
    const titles = new Map(documents.map(({ path, title }) => [path, title]));
    const links = [...titles].map(([path, title]) => resourceLink(path, title));
    return { content: [{ type: 'text', text }, ...links], structuredContent: structured };
  } catch (cause) {
    const error = asDocentError(cause);
    // Whoever has left gets no answer, and what breaks off then is no fault.
    if (error.code === 'internal' && !signal.aborted) log.error(error);
    return { content: [{ type: 'text', text: error.message }], isError: true };
  }
}

function resourceLink(path: string, title: string): ResourceLink {
  return { type: 'resource_link', uri: resourceOf(path), name: path, title, mimeType: 'text/markdown' };
}
