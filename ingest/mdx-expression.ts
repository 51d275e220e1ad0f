/** Stands where code was; never part of a text. */
const GONE = '\uFDD0';
/** The same within a paragraph, which an empty line would part. */
const GONE_INSIDE = '\uFDD1';
const MARKS = /[\uFDD0\uFDD1]/g;

const NOTHING = /^(?:true|false|null|undefined)?$/;
const COMMENTS = /^(?:\s|\/\*[\s\S]*?\*\/|\/\/[^\n]*(?:\n|$))*$/;
const NUMBER = /^\d+(?:\.\d+)?$/;
const STRING = /^(?:'((?:[^'\\\n]|\\[\s\S])*)'|"((?:[^"\\\n]|\\[\s\S])*)")$/;
const TEMPLATE = /^`((?:[^`\\$]|\\[\s\S]|\$(?!\{))*)`$/;
const ESCAPE = /\\(?:u\{([\da-f]{1,6})\}|u([\da-f]{4})|x([\da-f]{2})|([\s\S]))/gi;
/** Signs that mean something in Markdown, or in the HTML around it. */
const SIGN = /[\\`*_{}[\]<>#|~&]|^[ \t]*[-+=]|(?<=^[ \t]*\d{1,9})[.)]/gm;

/**
 * The Markdown for an expression of MDX, braces included: a literal's text; in a sentence any other one as code,
 * so that the sentence has no hole; between blocks nothing. It has as many lines as the code.
 */
export function shownExpression(code: string, inText: boolean): string {
  const inside = code.slice(1, -1);
  const bare = inside.trim();
  const lead = inside.length - inside.trimStart().length;
  const literal = literalText(bare);
  if (literal !== undefined) {
    const [before, after] = [inside.slice(0, lead), inside.slice(lead + bare.length)];
    return blank(before, inText) + escapeSigns(literal) + blank(after, inText);
  }
  if (!inText || NOTHING.test(bare) || COMMENTS.test(bare)) return blank(code, inText);
  return shownCode(code);
}

/** Code of a sentence that the reader sees as it is; a block's marks mean nothing behind a backtick. */
export function shownCode(code: string): string {
  return code.split('\n').map(asCode).join('\n');
}

/** The line ends of code that isn't shown. */
export function blank(code: string, inText: boolean): string {
  const mark = inText ? GONE_INSIDE : GONE;
  return mark + code.replace(/[^\n]/g, '').replaceAll('\n', `\n${mark}`);
}

/** A line that lost code keeps its indent, and ends without a hard break that wasn't meant. */
export function withoutMarks(line: string): string {
  if (line.search(MARKS) < 0) return line;
  const [, indent = '', rest = ''] = /^([ \t]*)(.*)$/s.exec(line) ?? [];
  const text = rest.replace(MARKS, '').trim();
  if (text !== '') return indent + text;
  return line.includes(GONE_INSIDE) ? '&nbsp;' : '';
}

/** What a string, number or template without expressions says; its own lines are kept, escaped ones are spaces. */
function literalText(code: string): string | undefined {
  if (NUMBER.test(code)) return code;
  const [, single, double] = STRING.exec(code) ?? [];
  const written = single ?? double ?? TEMPLATE.exec(code)?.[1];
  return written?.replace(ESCAPE, (_whole, braced?: string, four?: string, two?: string, sign = '') => {
    const hex = braced ?? four ?? two;
    if (hex === undefined) return /[nrtvfb]/.test(sign) ? ' ' : sign;
    const point = Number.parseInt(hex, 16);
    return point > 0x1f && point <= 0x10ffff ? String.fromCodePoint(point) : ' ';
  });
}

/** As references, which Markdown and HTML alike show as the sign itself. */
function escapeSigns(text: string): string {
  return text.replace(SIGN, (signs) => signs.replace(/\S/, (sign) => `&#${sign.charCodeAt(0)};`));
}

function asCode(line: string): string {
  const code = line.trim();
  if (code === '') return GONE_INSIDE;
  const ticks = '`'.repeat(Math.max(0, ...[...code.matchAll(/`+/g)].map(([run]) => run.length)) + 1);
  const gap = code.startsWith('`') || code.endsWith('`') ? ' ' : '';
  return ticks + gap + code + gap + ticks;
}
