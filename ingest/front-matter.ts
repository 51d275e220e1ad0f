import type { Node } from 'mdast';
import { parse as parseToml } from 'smol-toml';
import { parse as parseYaml } from 'yaml';
import type { Audience } from '../knowledge/audience.ts';
import { decodeReference } from './align-text.ts';
import { failedFrontMatter, readAudience, suspectAudience } from './read-audience.ts';

/** Front matter that sends readers on to another page. */
export const REDIRECT = /^["']?redirect(?:_?to|_?url)?["']?[ \t]*[:=]/im;

/** What ingest reads of front matter; a fault says in one line why it can't be read. */
export type FrontMatter = {
  readonly title?: string;
  readonly question?: string;
  readonly description?: string;
  readonly audience?: Audience;
  readonly fault?: string;
  /** It is unclear whom the document is for: it must not be shown to anybody. */
  readonly audienceFault?: string;
};

/**
 * Title, question, description and audience of YAML or TOML front matter; `node` is the first of the source's. Broken front
 * matter counts as none and never throws.
 */
export function readFrontMatter(
  node: Node | undefined,
  source: string,
  unmask: (text: string) => string = (text) => text,
): FrontMatter {
  if (!isFrontMatter(node)) return { ...suspectAudience(failedFrontMatter(source)) };
  try {
    const fields: unknown =
      node.type === 'yaml' ? parseYaml(unmask(node.value)) : parseToml(unmask(node.value));
    const title = textOf(fields, 'title');
    const question = textOf(fields, 'question');
    const description = textOf(fields, 'description');
    return {
      ...(title ? { title } : {}),
      ...(question ? { question } : {}),
      ...(description ? { description } : {}),
      ...readAudience(fields),
    };
  } catch (error) {
    const [reason = ''] = (error instanceof Error ? error.message : String(error)).split('\n');
    return { fault: reason.replace(/:$/, ''), ...suspectAudience(unmask(node.value)) };
  }
}

function isFrontMatter(node: Node | undefined): node is Node & { type: 'yaml' | 'toml'; value: string } {
  return (node?.type === 'yaml' || node?.type === 'toml') && 'value' in node;
}

function textOf(fields: unknown, name: string): string | undefined {
  if (typeof fields !== 'object' || fields === null) return undefined;
  const value: unknown = Object.entries(fields).find(([key]) => key.toLowerCase() === name)?.[1];
  if (typeof value !== 'string' && typeof value !== 'number') return undefined;
  const bare = String(value)
    .replace(/<\/?[a-z][^<>]*>/gi, '')
    .replace(/&#?\w+;/g, decodeReference);
  return bare.replace(/\s+/g, ' ').trim();
}
