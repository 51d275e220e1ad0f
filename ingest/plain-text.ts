import type { Nodes } from 'mdast';
import type { Range } from '../knowledge/document.ts';
import { raisesNumber } from '../knowledge/raises-number.ts';
import { type AlignedPiece, alignCode, alignText, readText } from './align-text.ts';
import { type ParsedMarkdown, rangeOf } from './parse-markdown.ts';

/** A stretch of plain text that came from one piece of markup. */
export type Span = {
  readonly from: number;
  readonly to: number;
  /** The markup in the source. */
  readonly outer: Range;
  /** A link, image or code: no sentence ends inside. */
  readonly whole: boolean;
};

/**
 * What a reader sees of some Markdown or HTML. `starts[i]` and `ends[i]` say where character i of `text`
 * stands in the source; `breaks` are positions in `text` before which the author ended a line on purpose.
 */
export type PlainText = {
  readonly text: string;
  readonly starts: readonly number[];
  readonly ends: readonly number[];
  /** By where they begin, those around others first. */
  readonly spans: readonly Span[];
  readonly breaks: readonly number[];
};

const WHOLE = /^(?:link|linkReference|inlineCode|image|imageReference)$/;
const LINE_BREAK = /^<br\b/i;
const HIDDEN_HTML =
  /<!--[\s\S]*?(?:-->|$)|<(style|script|svg)\b[\s\S]*?(?:<\/\1\s*>|$)|<\/?([a-z][\w-]*)(?:"[^"]*"|'[^']*'|[^<>"'])*>/gi;
const INLINE_HTML =
  /^(a|abbr|b|bdi|bdo|cite|code|data|del|dfn|em|font|i|ins|kbd|mark|q|s|samp|small|span|strong|sub|sup|time|tt|u|var|wbr)$/i;

/** Plain text of inline nodes: no marks, addresses, comments or footnote marks. */
export function plainText(nodes: readonly Nodes[], { source, masked, literal }: ParsedMarkdown): PlainText {
  const plain = makePlainText();
  const walk = (node: Nodes) => {
    const range = rangeOf(node);
    const from = plain.length();
    if (node.type === 'text') {
      plain.put(literal ? alignCode(node.value, range, source) : alignText(node.value, range, masked));
    } else if (node.type === 'inlineCode') {
      plain.put(alignCode(masked.unmask(node.value), insideTicks(source, range), source));
    } else if (node.type === 'image' || node.type === 'imageReference') {
      plain.put([{ ...range, text: masked.show(node.alt ?? '') }]);
    } else if (node.type === 'break' || (node.type === 'html' && LINE_BREAK.test(node.value))) {
      plain.breakLine(range.start);
    } else if (node.type === 'html' && raisesNumber(node.value, masked.text.slice(range.end))) {
      plain.put([{ ...range, text: '^' }]);
    } else if ('children' in node) for (const child of node.children) walk(child);
    if (node.type !== 'text') plain.span(from, range, WHOLE.test(node.type));
  };
  for (const node of nodes) walk(node);
  const done = plain.done();
  return { ...done, breaks: done.breaks.filter((at) => !goesOn(done.text, at)) };
}

/** Whether a sentence runs across a line break that was only made for looks. */
function goesOn(text: string, at: number): boolean {
  return (
    /[^.!?:;…]$/.test(text.slice(Math.max(0, at - 2), at).trimEnd()) &&
    /^\p{Ll}/u.test(text.slice(at).trimStart())
  );
}

/** Plain text of a block of HTML: each element that isn't inline ends a line; a table's row is one line. */
export function plainHtml(range: Range, { masked }: ParsedMarkdown): PlainText {
  const plain = makePlainText();
  const html = masked.text.slice(range.start, range.end);
  let at = range.start;
  let cells = 0;
  let inCell = false;
  for (const match of html.matchAll(HIDDEN_HTML)) {
    const start = range.start + match.index;
    plain.put(readText({ start: at, end: start }, masked));
    at = start + match[0].length;
    const name = match[2]?.toLowerCase();
    if (name === undefined) continue;
    const opens = match[0][1] !== '/';
    if (name === 'td' || name === 'th') {
      inCell = opens;
      if (opens) cells += 1;
      if (opens && cells > 1) plain.separate(cells === 2 ? ':' : ';');
    } else if (name === 'tr' || (!inCell && !INLINE_HTML.test(name))) {
      if (name === 'tr') cells = 0;
      inCell = false;
      plain.breakLine(start);
    } else if (raisesNumber(match[0], masked.text.slice(at))) plain.put([{ start, end: at, text: '^' }]);
    else if (!INLINE_HTML.test(name)) plain.space(start, start);
  }
  plain.put(readText({ start: at, end: range.end }, masked));
  return plain.done();
}

function makePlainText() {
  const characters: string[] = [];
  const starts: number[] = [];
  const ends: number[] = [];
  const spans: Span[] = [];
  const breaks: number[] = [];
  let pending = '';
  const push = (character: string, start: number, end: number) => {
    characters.push(character);
    starts.push(start);
    ends.push(end);
  };
  const space = (start: number, end: number) => {
    if (characters.length > 0 && characters.at(-1) !== ' ') push(' ', start, end);
  };
  const putSeparator = () => {
    const lineStart = breaks.at(-1) ?? 0;
    if (pending !== '' && characters.length > lineStart) {
      if (characters.at(-1) === ' ') for (const list of [characters, starts, ends]) list.pop();
      const at = ends.at(-1) ?? 0;
      if (/[^:;,.]/.test(characters.at(-1) ?? ':')) push(pending, at, at);
      push(' ', at, at);
    }
    pending = '';
  };
  return {
    space,
    length: () => characters.length,
    /** A sign that isn't in the source, put before the next word of the line if there is one before. */
    separate(sign: string) {
      pending = sign;
    },
    put(pieces: Iterable<AlignedPiece>) {
      for (const { text, start, end } of pieces) {
        const isVerbatim = text.length === end - start;
        for (let index = 0; index < text.length; index += 1) {
          const unit = text.charAt(index);
          const from = isVerbatim ? start + index : start;
          const to = isVerbatim ? from + 1 : end;
          if (isSpace(unit)) space(from, to);
          else {
            putSeparator();
            push(unit, from, to);
          }
        }
      }
    },
    breakLine(at: number) {
      pending = '';
      space(at, at);
      breaks.push(characters.length);
    },
    span(from: number, outer: Range, whole: boolean) {
      if (characters.length > from) spans.push({ from, to: characters.length, outer, whole });
    },
    done: (): PlainText => ({
      text: characters.join(''),
      starts,
      ends,
      spans: spans.sort((a, b) => a.from - b.from || b.to - a.to),
      breaks,
    }),
  };
}

function isSpace(unit: string): boolean {
  return (unit <= ' ' || unit > '~') && /\s/.test(unit);
}

/** Range of an inline code's content, without its backticks. */
function insideTicks(source: string, { start, end }: Range): Range {
  const ticks = /^`*/.exec(source.slice(start, end))?.[0].length ?? 0;
  return { start: start + ticks, end: end - ticks };
}
