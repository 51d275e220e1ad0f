import type { Node } from 'mdast';
import { parse as parseToml } from 'smol-toml';
import { parse as parseYaml } from 'yaml';
import { decodeReference } from './align-text.ts';

/** What ingest reads of front matter; `fault` says in one line why it can't be read. */
export type FrontMatter = { readonly title?: string; readonly question?: string; readonly fault?: string };

/** Title and question of YAML or TOML front matter. Broken front matter counts as none and never throws. */
export function readFrontMatter(
  node: Node | undefined,
  unmask: (text: string) => string = (text) => text,
): FrontMatter {
  if (!isFrontMatter(node)) return {};
  try {
    const fields: unknown =
      node.type === 'yaml' ? parseYaml(unmask(node.value)) : parseToml(unmask(node.value));
    const title = textOf(fields, 'title');
    const question = textOf(fields, 'question');
    return { ...(title ? { title } : {}), ...(question ? { question } : {}) };
  } catch (error) {
    const [reason = ''] = (error instanceof Error ? error.message : String(error)).split('\n');
    return { fault: reason.replace(/:$/, '') };
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
