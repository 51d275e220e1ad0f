import { parse, postprocess, preprocess } from 'micromark';
import { frontmatter } from 'micromark-extension-frontmatter';
import { gfm } from 'micromark-extension-gfm';
import { mdxjs } from 'micromark-extension-mdxjs';
import type { Token } from 'micromark-util-types';
import { kindOf } from '../knowledge/file-kinds.ts';
import { FileFault } from './file-fault.ts';
import { blank, shownCode, shownExpression, withoutMarks } from './mdx-expression.ts';

/** A page as Markdown, and the links of the components that aren't in it; `at` is an offset in the MDX. */
export type MdxAsMarkdown = { readonly source: string; readonly links: readonly CodeLink[] };
type CodeLink = { readonly url: string; readonly at: number };

/** A piece of code; `inText`: among the words of a sentence or heading. */
type Code = Pick<Token, 'type' | 'start' | 'end'> & { readonly inText: boolean; readonly inHeading: boolean };

const CODE = /^mdx(?:JsxFlowTag|JsxTextTag|FlowExpression|TextExpression|jsEsm)$/;
/** Tags that mean in Markdown what they mean in MDX; those around blocks would hide the Markdown inside. */
const KEPT =
  /^<\/?(?:a|abbr|b|br|cite|code|del|em|i|img|ins|kbd|mark|q|s|samp|small|strong|sub|sup|u|var|wbr|table|thead|tbody|tfoot|tr|td|th|caption|ul|ol|li|dl|dt|dd)\b[^{}]*>$/;
const COMMENT = /<!--[\s\S]*?-->/g;
const HEADING_ID = /^([ \t]*#{1,6}[^\n]*)\{(#[\w-]+)\}(?=[ \t]*\r?$)/gm;
/** A component without content in a sentence stands for words, unless its name says that it is for looks. */
const STANDS_FOR_WORDS =
  /^<(?![\w.]*(?:Icon|Badge|Anchor|Image|Img|Logo|Emoji|Space|Spacer|Break)\b)[A-Z][\s\S]*\/\s*>$/;
const LINK_ATTRIBUTE = /\s(?:href|to|src)\s*=\s*(?:"([^"]*)"|'([^']*)'|\{\s*["'`]([^"'`${}]*)["'`]\s*\})/g;
const COMPONENT_OPENS = /^<[A-Z]/;
const COMPONENT_ENDS = /^<\/[A-Z]|^<[A-Z][\s\S]*\/>$/;

/**
 * The Markdown of an MDX source: imports, exports and components are taken out, literals show their text and
 * other expressions in a sentence their code, and what a component indents is moved back, since Markdown reads
 * indented text as code. Every line stays in its place. Throws a `FileFault` that names the place when the source isn't MDX.
 */
export function mdxToMarkdown(source: string): MdxAsMarkdown {
  const text = source.replace(/^\uFEFF/, '');
  const tokens = codeIn(text);
  let written = '';
  let at = 0;
  let before = '';
  for (const token of tokens) {
    const { start, end, type } = token;
    const code = text.slice(start.offset, end.offset);
    if (start.offset < at || (/Tag$/.test(type) && KEPT.test(code))) continue;
    const touches = start.offset === at && COMPONENT_ENDS.test(before) && COMPONENT_OPENS.test(code);
    written += text.slice(at, start.offset) + (touches ? ' ' : '') + shown(code, token);
    at = end.offset;
    before = code;
  }
  written += text.slice(at);
  const links = tokens.flatMap((token) => linkIn(token, text, source.length - text.length));
  return { source: moveBack(written.split('\n').map(withoutMarks), tokens, text).join('\n'), links };
}

/** What a component's tag links to, if that looks like a file: sites give components addresses of their own, too. */
function linkIn({ type, start, end }: Code, text: string, shift: number): CodeLink[] {
  const tag = text.slice(start.offset, end.offset);
  if (!/Tag$/.test(type) || KEPT.test(tag)) return [];
  return [...tag.matchAll(LINK_ATTRIBUTE)].flatMap(([, quoted, single, string]) => {
    const url = quoted ?? single ?? string ?? '';
    const isFile =
      /^\.{1,2}\/|^#./.test(url) ||
      (kindOf(url.replace(/[?#].*$/, '')) !== undefined && !/^[/{]|:/.test(url));
    return isFile ? [{ url, at: start.offset + shift }] : [];
  });
}

function shown(code: string, { type, inText, inHeading }: Code): string {
  if (/Expression$/.test(type)) return shownExpression(code, inText);
  const isWords = inText && !inHeading && STANDS_FOR_WORDS.test(code);
  return isWords ? shownCode(code) : blank(code, inText);
}

/** Where code stands, in order. Comments and heading ids are no MDX, but most sites allow them. */
function codeIn(text: string): Code[] {
  const strict = text
    .replace(COMMENT, (comment) => comment.replace(/[^\n]/g, ' '))
    .replace(HEADING_ID, '$1($2)');
  try {
    const parser = parse({ extensions: [gfm(), frontmatter(['yaml', 'toml']), mdxjs()] }).document();
    const events = postprocess(parser.write(preprocess()(strict, undefined, true)));
    let inHeading = false;
    return events.flatMap(([kind, { type, start, end }]) => {
      if (type === 'atxHeading' || type === 'setextHeading') inHeading = kind === 'enter';
      if (kind !== 'enter' || !CODE.test(type)) return [];
      return [
        { type, start, end, inHeading, inText: type.startsWith('mdxText') || type.startsWith('mdxJsxText') },
      ];
    });
  } catch (cause) {
    const [, line, column, reason] = /^(\d+):(\d+)(?:-\d+:\d+)?: (.*)/s.exec(String(cause)) ?? [];
    const where = line === undefined ? '' : ` (line ${line}: ${reason})`;
    const place = line === undefined ? {} : { place: { line: Number(line), column: Number(column) } };
    const message = `is not valid MDX${where}: correct it, or rename it to .md if it is Markdown`;
    throw new FileFault('not-mdx', message, { ...place, cause });
  }
}

/** Lines between a component's opening and closing tag lose the indent that they have more than the tag. */
function moveBack(lines: string[], tokens: readonly Code[], text: string): string[] {
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
