import type { Sentence } from '../knowledge/document.ts';
import { kindOf } from '../knowledge/file-kinds.ts';
import { REDIRECT } from './front-matter.ts';
import { rangeOf } from './parse-markdown.ts';
import type { ParsedDocument } from './parse-sections.ts';
import type { CutChunk } from './split-section.ts';

/**
 * The chunk of a document that says nothing below its front matter: title, question and description, so that it
 * can be found. Undefined where there is none, for a page that sends readers on and for HTML, whose title is the site's.
 */
export function frontChunk(path: string, { parsed, frontMatter }: ParsedDocument): CutChunk | undefined {
  const node = parsed.tree.children[0];
  if (kindOf(path) === 'html' || !node || !('value' in node)) return undefined;
  const { start, end } = rangeOf(node);
  const written = parsed.source.slice(start, end);
  if (REDIRECT.test(written)) return undefined;
  const { title, question, description } = frontMatter;
  const found = Object.entries({ title, question, description }).flatMap(([name, text]) => {
    const range = text === undefined ? undefined : valueRange(written, name, text);
    return range && text !== undefined && /[\p{L}\p{N}]/u.test(text)
      ? [{ start: start + range.start, end: start + range.end, text }]
      : [];
  });
  const units = found.toSorted((a, b) => a.start - b.start);
  const [first, last] = [units[0], units.at(-1)];
  if (!first || !last) return undefined;
  return {
    start: first.start,
    end: last.end,
    blocks: units.map((unit) => ({ start: unit.start, end: unit.end, kind: 'paragraph' })),
    sentences: units.map((unit, block): Sentence => ({ ...unit, block, kind: 'sentence' })),
  };
}

/** Where a field's value stands: its very words, or all lines of one that is written otherwise. */
function valueRange(written: string, name: string, text: string): { start: number; end: number } | undefined {
  const field = new RegExp(`^["']?${name}["']?[ \\t]*[:=]((?:.*(?:\\r?\\n[ \\t]+.*)*))`, 'im').exec(written);
  if (!field) return undefined;
  const value = field[1] ?? '';
  const from = field.index + field[0].length - value.length;
  const at = value.indexOf(text);
  if (at >= 0) return { start: from + at, end: from + at + text.length };
  const lead = /^\s*(?:[>|][-+\d]*\s+)?/.exec(value)?.[0].length ?? 0;
  return { start: from + lead, end: from + value.trimEnd().length };
}
