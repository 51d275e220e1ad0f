import { decodeNamedCharacterReference } from 'decode-named-character-reference';
import { alignText, type TextRun } from './positions.ts';

/** Elements whose content is nothing to read. */
const unread = /^<(script|style|iframe|object|template|!--)/i;
const tag = /(<!--[\s\S]*?(?:-->|$)|<[^>]*(?:>|$))/;

function decode(text: string): string {
  return text.replace(/&(\w+);/g, (whole, name: string) => decodeNamedCharacterReference(name) || whole);
}

/** The words between the tags of HTML that begins at an offset of the source, each run in its place. */
export function htmlWords(html: string, source: string, offset: number): TextRun[] {
  if (unread.test(html)) return [];
  let at = offset;
  return html.split(tag).flatMap((part, index) => {
    const start = at;
    at += part.length;
    const isTag = index % 2 === 1;
    return isTag || part === '' ? [] : [alignText(decode(part), source, start, at)];
  });
}
