import type { Range } from '../knowledge/document.ts';
import type { PlainText } from './plain-text.ts';

/** A sentence: its range in the source, markup that it wholly holds included, and its plain text. */
export type PlainSentence = Range & { readonly text: string };

const segmenter = new Intl.Segmenter('en', { granularity: 'sentence' });

/** How far an open bracket or quote may keep a sentence together, in characters. */
const LONGEST_ASIDE = 300;

/** A full stop after one of these doesn't end a sentence. */
const ABBREVIATION =
  /(?:^|[\s(["'“‘/-])(?:e\.g|i\.e|cf|vs|viz|approx|esp|incl|excl|ca|Dr|Mr|Mrs|Ms|Mx|Prof|Rev|Gen|Sen|Rep|Gov|Sgt|Capt|Lt|Col|St|Mt|Ft|Fig|Figs|Eq|Sec|Ch|Vol|Art|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.$/;
/** These end a sentence only before a word that usually starts one. */
const DOUBTFUL =
  /(?:^|[\s(["'“‘/-])(?:[A-Za-z]|Inc|Ltd|Co|Corp|Jr|Sr|dept|Dept|est|al|a\.m|p\.m|A\.M|P\.M|Ph\.D|(?:[A-Z]\.)+[A-Z])\.$/;
const STARTER =
  /^["'“‘(]?(?:The|This|That|These|Those|It|Its|If|You|Your|We|Our|They|Their|He|She|I|In|On|At|By|For|From|With|When|While|Where|What|Who|Why|How|A|An|To|Please|All|Any|Each|As|There|However|Also|And|But|Or|So|No|Not|Do|Don['’]t|See|Use|Ask|Some|Most|Many|After|Before|Once|Then|Here)\b/;
const NUMBER_FOLLOWS = /(?:^|\s)(?:[Nn]o|[Nn]os|[Pp]|[Pp]p|[Pp]ar|[Ss]ect|[Aa]rt|[Ff]ig)\.$/;
const WIDE_STOP = /[。！？｡]["'”’」』）]?$/;
const CLOSERS: Readonly<Record<string, string>> = { '(': ')', '[': ']', '“': '”', '«': '»' };

/**
 * The sentences of a paragraph from position `from` on; those without a letter or digit are left out. One
 * that doesn't fit (`fits` is asked about its source range) is halved between words until its parts do.
 */
export function splitSentences(
  plain: PlainText,
  fits: (range: Range) => boolean = () => true,
  from = 0,
): PlainSentence[] {
  const cut = (start: number, end: number): PlainSentence[] => {
    const sentence = sentenceAt(plain, start, end);
    if (!sentence) return [];
    const middle = fits(sentence) ? -1 : middleSpace(plain.text, start, end);
    return middle < 0 ? [sentence] : [...cut(start, middle), ...cut(middle, end)];
  };
  return apart(sentenceSpans(plain).flatMap(([start, end]) => cut(Math.max(start, from), end)));
}

/** Joins sentences that come from the same markup, such as two of one image's description. */
function apart(sentences: readonly PlainSentence[]): PlainSentence[] {
  const joined: PlainSentence[] = [];
  for (const sentence of sentences) {
    const last = joined.at(-1);
    if (!last || (sentence.start >= last.end && sentence.end > sentence.start)) joined.push(sentence);
    else {
      const text = `${last.text} ${sentence.text}`;
      joined[joined.length - 1] = { start: last.start, end: Math.max(last.end, sentence.end), text };
    }
  }
  return joined;
}

/** The given stretch of plain text, trimmed, as a range of the source. */
export function sentenceAt(plain: PlainText, from: number, to: number): PlainSentence | undefined {
  let [first, last] = [from, to];
  while (first < last && plain.text[first] === ' ') first += 1;
  while (last > first && plain.text[last - 1] === ' ') last -= 1;
  const text = plain.text.slice(first, last);
  if (!/[\p{L}\p{N}]/u.test(text)) return undefined;
  let start = plain.starts[first] ?? 0;
  let end = plain.ends[last - 1] ?? start;
  for (const span of plain.spans) {
    if (span.from < first || span.to > to || span.from >= last) continue;
    start = Math.min(start, span.outer.start);
    end = Math.max(end, span.outer.end);
  }
  return { start, end, text };
}

/** Position of the space nearest to the middle, inside the stretch; -1 if it is one word. */
function middleSpace(text: string, start: number, end: number): number {
  const middle = Math.floor((start + end) / 2);
  const before = text.lastIndexOf(' ', middle);
  if (before > start) return before;
  const after = text.indexOf(' ', middle);
  return after > start && after < end - 1 ? after : -1;
}

function sentenceSpans(plain: PlainText): [from: number, to: number][] {
  const spans: [number, number][] = [];
  const lines = [0, ...plain.breaks, plain.text.length];
  for (const [index, lineStart] of lines.slice(0, -1).entries()) {
    const lineEnd = lines[index + 1] ?? lineStart;
    if (lineEnd > lineStart) spans.push(...lineSpans(plain, lineStart, lineEnd));
  }
  return spans;
}

function lineSpans(plain: PlainText, lineStart: number, lineEnd: number): [number, number][] {
  const line = plain.text.slice(lineStart, lineEnd);
  const closesAt = asideEnds(line);
  const spans: [number, number][] = [];
  let from = 0;
  for (const { index, segment } of segmenter.segment(hideWholes(plain, lineStart, line))) {
    const to = index + segment.length;
    if (to < line.length && joins(line, from, to, closesAt)) continue;
    const words = /[\p{L}\p{N}]/u.test(line.slice(from, to));
    const previous = spans.at(-1);
    if (!words && previous) previous[1] = lineStart + to;
    else spans.push([lineStart + from, lineStart + to]);
    from = to;
  }
  return spans;
}

/** Whether the text before `at` goes on in the text after it. */
function joins(line: string, from: number, at: number, closesAt: Int32Array): boolean {
  const before = line.slice(from, at).trimEnd();
  const after = line.slice(at);
  if ((closesAt[at] ?? 0) > at) return true;
  if (!/\s$/.test(line.slice(from, at)) && !WIDE_STOP.test(before)) return true;
  if (
    /^[(["'“‘]*[\p{N}a-zA-Z]{1,3}[.)]$/u.test(before) &&
    /^\W*[\p{N}]+[.)]$|^\W*[a-zA-Z][.)]$/u.test(before)
  )
    return true;
  if (!/[\p{L}\p{N}]/u.test(before)) return true;
  if (/^[\p{Ll}]/u.test(after) && /\.["'”’)\]]*$/.test(before)) return true;
  if (ABBREVIATION.test(before)) return true;
  if (/\betc\.$/.test(before)) return !/^["'“‘(]?\p{Lu}/u.test(after);
  if (NUMBER_FOLLOWS.test(before)) return /^\d/.test(after);
  return DOUBTFUL.test(before) && !STARTER.test(after);
}

/** For each position inside a bracket or quotation: where that ends, if it does so before long. */
function asideEnds(line: string): Int32Array {
  const ends = new Int32Array(line.length + 1);
  for (let at = 0; at < line.length; at += 1) {
    const close = closeOf(line, at);
    if (close === undefined) continue;
    const end = matchingClose(line, at, close);
    if (end < 0) continue;
    for (let inside = at + 1; inside <= end; inside += 1) ends[inside] = Math.max(ends[inside] ?? 0, end);
  }
  return ends;
}

function closeOf(line: string, at: number): string | undefined {
  const open = line[at] ?? '';
  if (open === '"') return /^$|[\s([{—–-]/.test(line[at - 1] ?? '') ? '"' : undefined;
  return CLOSERS[open];
}

function matchingClose(line: string, at: number, close: string): number {
  const open = line[at];
  const limit = Math.min(line.length, at + LONGEST_ASIDE);
  let depth = 0;
  for (let next = at + 1; next < limit; next += 1) {
    if (line[next] === close && depth === 0) return next;
    if (line[next] === close) depth -= 1;
    else if (line[next] === open) depth += 1;
  }
  return -1;
}

/** The line with links and code as plain letters, so that no sentence ends inside one. */
function hideWholes(plain: PlainText, lineStart: number, line: string): string {
  let hidden = line;
  for (const span of plain.spans) {
    if (!span.whole) continue;
    const from = Math.max(0, span.from - lineStart);
    const to = Math.min(line.length, span.to - lineStart);
    // The last character stays: a link may end with the sentence's own full stop.
    if (to - from < 2) continue;
    const inside = hidden.slice(from, to - 1).replace(/[.!?:;…]/g, 'x');
    hidden = hidden.slice(0, from) + inside + hidden.slice(to - 1);
  }
  return hidden;
}
