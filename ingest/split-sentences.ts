import type { Range } from '../knowledge/document.ts';
import { firstFrom } from './first-from.ts';
import type { PlainText } from './plain-text.ts';

/** A sentence: its range in the source, markup that it wholly holds included, and its plain text. */
export type PlainSentence = Range & { readonly text: string };

const segmenter = new Intl.Segmenter('en', { granularity: 'sentence' });

/** How far an open bracket or quote may keep a sentence together, in characters. */
const LONGEST_ASIDE = 300;

/** So much is parted into sentences at once, in characters. */
const LONGEST_PIECE = 4096;

/** So much of what stands before a full stop tells whether it ends a sentence, in characters. */
const LONGEST_END = 60;

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
const CLOSERS: Readonly<Record<string, string>> = { '(': ')', '[': ']', '“': '”', '«': '»', '"': '"' };

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
  for (
    let index = firstFrom(plain.spans, first, ({ from }) => from);
    index < plain.spans.length;
    index += 1
  ) {
    const span = plain.spans[index];
    if (!span || span.from >= last) break;
    if (span.to > to) continue;
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
  const hidden = hideWholes(plain);
  const lines = [0, ...plain.breaks, plain.text.length];
  return lines.slice(0, -1).flatMap((lineStart, index) => {
    const lineEnd = lines[index + 1] ?? lineStart;
    if (lineEnd <= lineStart) return [];
    const spans = lineSpans(plain.text.slice(lineStart, lineEnd), hidden.slice(lineStart, lineEnd));
    return spans.map(([from, to]): [number, number] => [lineStart + from, lineStart + to]);
  });
}

function lineSpans(line: string, hidden: string): [number, number][] {
  const closesAt = asideEnds(line);
  const spans: [number, number][] = [];
  let from = 0;
  let words = false;
  for (const [start, to] of segmentsOf(hidden)) {
    words ||= /[\p{L}\p{N}]/u.test(line.slice(start, to));
    if (to < line.length && (!words || joins(line, from, to, closesAt))) continue;
    const previous = spans.at(-1);
    if (!words && previous) previous[1] = to;
    else spans.push([from, to]);
    from = to;
    words = false;
  }
  return spans;
}

/** The segmenter's time for each segment grows with its text, so it is given a long one in pieces. */
function* segmentsOf(text: string): Generator<[start: number, end: number]> {
  let at = 0;
  let size = LONGEST_PIECE;
  while (at < text.length) {
    const isLast = at + size >= text.length;
    const segments = [...segmenter.segment(text.slice(at, at + size))];
    // The last one may go on in the next piece.
    const done = isLast ? segments : segments.slice(0, -1);
    for (const { index, segment } of done) yield [at + index, at + index + segment.length];
    const next = at + (done.at(-1)?.index ?? 0) + (done.at(-1)?.segment.length ?? 0);
    size = next === at ? size * 2 : LONGEST_PIECE;
    at = next;
  }
}

/** Whether the text before `at` goes on in the text after it. */
function joins(line: string, from: number, at: number, closesAt: Int32Array): boolean {
  const before = line.slice(Math.max(from, at - LONGEST_END), at).trimEnd();
  const after = line.slice(at);
  if ((closesAt[at] ?? 0) > at) return true;
  if (!/\s/.test(line[at - 1] ?? '') && !WIDE_STOP.test(before)) return true;
  if (
    /^[(["'“‘]*[\p{N}a-zA-Z]{1,3}[.)]$/u.test(before) &&
    /^\W*[\p{N}]+[.)]$|^\W*[a-zA-Z][.)]$/u.test(before)
  )
    return true;
  if (/^[\p{Ll}]/u.test(after) && /\.["'”’)\]]*$/.test(before)) return true;
  if (ABBREVIATION.test(before)) return true;
  if (/\betc\.$/.test(before)) return !/^["'“‘(]?\p{Lu}/u.test(after);
  if (NUMBER_FOLLOWS.test(before)) return /^\d/.test(after);
  return DOUBTFUL.test(before) && !STARTER.test(after);
}

/** For each position: where the brackets and quotations opened before it end, if they do so before long. */
function asideEnds(line: string): Int32Array {
  const ends = new Int32Array(line.length + 1);
  const open = new Map<string, number[]>();
  for (let at = 0; at < line.length; at += 1) {
    const sign = line[at] ?? '';
    const close = CLOSERS[sign];
    const opened = open.get(sign)?.pop();
    if (opened !== undefined && at - opened < LONGEST_ASIDE) ends[opened + 1] = at;
    if (sign === '"' && !/^$|[\s([{—–-]/.test(line[at - 1] ?? '')) continue;
    if (close === undefined) continue;
    const waiting = open.get(close);
    if (!waiting || close === sign) open.set(close, [at]);
    else waiting.push(at);
  }
  for (let at = 1; at < ends.length; at += 1) ends[at] = Math.max(ends[at] ?? 0, ends[at - 1] ?? 0);
  return ends;
}

/** The text with links and code as plain letters, so that no sentence ends inside one. */
function hideWholes({ text, spans }: PlainText): string {
  const parts: string[] = [];
  let at = 0;
  for (const { from, to, whole } of spans) {
    // The last character stays: a link may end with the sentence's own full stop.
    if (!whole || to - 1 <= at) continue;
    parts.push(
      text.slice(at, Math.max(at, from)),
      text.slice(Math.max(at, from), to - 1).replace(/[.!?:;…]/g, 'x'),
    );
    at = to - 1;
  }
  return parts.join('') + text.slice(at);
}
