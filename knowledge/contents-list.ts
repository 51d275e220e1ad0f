import type { Chunk } from './document.ts';

/** A list item that is a link into its own document, and nothing else. */
const ENTRY = /^\s*(?:[-*+]|\d+[.)])\s+\[[^\]]*\]\(\s*#[^)]*\)\s*$/;
const HEADING = /^ {0,3}#{1,6}\s.*$|^.+\n {0,3}(?:=+|-+)[ \t]*$/gm;

/**
 * Whether a chunk is a table of contents: it names what stands elsewhere, or should, and says nothing of it. One
 * line beside the entries may introduce them.
 */
export function isContentsList({ text }: Pick<Chunk, 'text'>): boolean {
  const lines = text
    .replaceAll('\r', '')
    .replace(HEADING, '')
    .split('\n')
    .filter((line) => line.trim() !== '');
  const entries = lines.filter((line) => ENTRY.test(line)).length;
  return entries >= 2 && lines.length - entries <= 1;
}
