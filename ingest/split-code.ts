import type { Code } from 'mdast';
import type { Range } from '../knowledge/document.ts';
import { type ParsedMarkdown, rangeOf } from './parse-markdown.ts';
import type { PlainSentence } from './split-sentences.ts';

const FENCE = /^[ \t>]*(?:`{3,}|~{3,})/;

/** A code block's content without its fences: in one piece if that fits, else in groups of whole lines. */
export function splitCode(
  code: Code,
  { source, masked }: ParsedMarkdown,
  fits: (range: Range) => boolean,
): PlainSentence[] {
  const content = trim(source, contentRange(code, source));
  if (content.start >= content.end) return [];
  const whole = { ...content, text: tidy(masked.unmask(code.value)) };
  if (fits(content)) return [whole];
  return groupLines(source, content, fits).map((group) => ({
    ...group,
    text: tidy(source.slice(group.start, group.end)),
  }));
}

function contentRange(code: Code, source: string): Range {
  const { start, end } = rangeOf(code);
  const written = source.slice(start, end);
  if (!FENCE.test(written)) return { start, end };
  const firstEnd = written.search(/\r\n?|\n/);
  if (firstEnd < 0) return { start: end, end };
  const lastStart = Math.max(written.lastIndexOf('\n'), written.lastIndexOf('\r')) + 1;
  const closed = lastStart > firstEnd && /^[ \t>]*(?:`{3,}|~{3,})[ \t]*$/.test(written.slice(lastStart));
  return { start: start + firstEnd, end: closed ? start + lastStart : end };
}

/** As many lines in each group as fit; a longer line is a group of its own. */
function groupLines(source: string, content: Range, fits: (range: Range) => boolean): Range[] {
  const groups: Range[] = [];
  let group: Range | undefined;
  for (const line of source.slice(content.start, content.end).matchAll(/[^\r\n]*[^\s>][^\r\n]*/g)) {
    const start = content.start + line.index;
    const end = start + line[0].trimEnd().length;
    if (group && fits({ start: group.start, end })) group = { start: group.start, end };
    else {
      if (group) groups.push(group);
      group = trim(source, { start, end });
    }
  }
  return group ? [...groups, group] : groups;
}

function trim(source: string, { start, end }: Range): Range {
  const text = source.slice(start, end);
  const lead = text.length - text.trimStart().length;
  return lead === text.length
    ? { start, end: start }
    : { start: start + lead, end: start + text.trimEnd().length };
}

function tidy(code: string): string {
  return code.replace(/\s+/g, ' ').trim();
}
