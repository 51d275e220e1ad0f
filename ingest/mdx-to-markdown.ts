import { parse, postprocess, preprocess } from 'micromark';
import { frontmatter } from 'micromark-extension-frontmatter';
import { gfm } from 'micromark-extension-gfm';
import { mdxjs } from 'micromark-extension-mdxjs';
import type { Token } from 'micromark-util-types';
import { DocentError } from '../knowledge/errors.ts';

const CODE = /^mdx(?:JsxFlowTag|JsxTextTag|FlowExpression|TextExpression|jsEsm)$/;
/** Tags that mean in Markdown what they mean in MDX; those around blocks would hide the Markdown inside. */
const KEPT =
  /^<\/?(?:a|abbr|b|br|cite|code|del|em|i|img|ins|kbd|mark|q|s|samp|small|strong|sub|sup|u|var|wbr|table|thead|tbody|tfoot|tr|td|th|caption|ul|ol|li|dl|dt|dd)\b[^{}]*>$/;
const COMMENT = /<!--[\s\S]*?-->/g;
const HEADING_ID = /^([ \t]*#{1,6}[^\n]*)\{(#[\w-]+)\}(?=[ \t]*\r?$)/gm;
/** Stands where code was; never part of a text. */
const GONE = '\uFDD0';

/**
 * The Markdown of an MDX source: imports, exports, components and expressions are taken out, and what a
 * component indents is moved back, since Markdown reads indented text as code. Every line stays in its place.
 * Throws `DocentError` `file_unreadable` that names the line when the source isn't MDX.
 */
export function mdxToMarkdown(source: string): string {
  const text = source.replace(/^\uFEFF/, '');
  const tokens = codeIn(text);
  let written = '';
  let at = 0;
  for (const { start, end, type } of tokens) {
    const code = text.slice(start.offset, end.offset);
    if (start.offset < at || (/Tag$/.test(type) && KEPT.test(code))) continue;
    written += text.slice(at, start.offset) + GONE + code.replace(/[^\n]/g, '');
    at = end.offset;
  }
  written += text.slice(at);
  return moveBack(written.split('\n').map(withoutGaps), tokens, text).join('\n');
}

/** Where code stands, in order. Comments and heading ids are no MDX, but most sites allow them. */
function codeIn(text: string): Token[] {
  const strict = text
    .replace(COMMENT, (comment) => comment.replace(/[^\n]/g, ' '))
    .replace(HEADING_ID, '$1($2)');
  try {
    const parser = parse({ extensions: [gfm(), frontmatter(['yaml', 'toml']), mdxjs()] }).document();
    const events = postprocess(parser.write(preprocess()(strict, undefined, true)));
    return events.flatMap(([kind, token]) => (kind === 'enter' && CODE.test(token.type) ? [token] : []));
  } catch (cause) {
    const [, line, reason] = /^(\d+):\d+(?:-\d+:\d+)?: (.*)/s.exec(String(cause)) ?? [];
    const where = line === undefined ? '' : ` (line ${line}: ${reason})`;
    const message = `is not valid MDX${where}: correct it, or rename it to .md if it is Markdown`;
    throw new DocentError('file_unreadable', message, { cause });
  }
}

/** A line that lost code keeps its indent, and ends without a hard break that wasn't meant. */
function withoutGaps(line: string): string {
  if (!line.includes(GONE)) return line;
  const [, indent = '', rest = ''] = /^([ \t]*)(.*)$/s.exec(line) ?? [];
  const text = rest.replaceAll(GONE, '').trim();
  return text === '' ? '' : indent + text;
}

/** Lines between a component's opening and closing tag lose the indent that they have more than the tag. */
function moveBack(lines: string[], tokens: readonly Token[], text: string): string[] {
  const open: { line: number; indent: number }[] = [];
  for (const { type, start, end } of tokens) {
    if (String(type) !== 'mdxJsxFlowTag') continue;
    const tag = text.slice(start.offset, end.offset);
    const closes = /^<\s*\//.test(tag);
    if (!closes && !/\/\s*>$/.test(tag)) open.push({ line: end.line, indent: start.column - 1 });
    const opened = closes ? open.pop() : undefined;
    if (!opened) continue;
    const inside = lines.slice(opened.line, start.line - 1);
    const indents = inside.filter((line) => line.trim() !== '').map((line) => line.search(/\S/));
    const more = Math.min(...indents) - opened.indent;
    if (!Number.isFinite(more) || more <= 0) continue;
    for (let index = opened.line; index < start.line - 1; index += 1) {
      lines[index] = (lines[index] ?? '').replace(new RegExp(`^[ \\t]{0,${more}}`), '');
    }
  }
  return lines;
}
