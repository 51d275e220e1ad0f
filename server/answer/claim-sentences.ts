import type { Range } from '../../knowledge/document.ts';
import { plainText } from './plain-words.ts';
import type { SplitClaim } from './split-claims.ts';

const ENDS = /([.!?…]+|:(?=\s*$))["'”’)\]*_`]*((?:[ \t]?\[\d+\])*)(?=\s|$)/g;
const ABBREVIATION =
  /(?:^|[\s(])(?:e\.g|i\.e|cf|vs|approx|mr|mrs|ms|dr|prof|st|fig|sec|ca|al|inc\.? and|dept|u\.s|d\.c|ave|[A-Z])\.$/i;
/** What may begin a sentence behind a full stop; a lower-case word doesn't, nor does a bare marker. */
const BEGINS = /^\s*(?:["'“‘(*_`~#$€£[]|\p{Lu}|\p{N}|\p{Lo})/u;
/** Nothing but markers, perhaps with more of them to come. */
const UNFINISHED = /^(?:\s*\[\d+\])*\s*(?:\[\d*\]?)?$/;
const MARKER = /\[(\d+)\]/g;
const LEAD_IN =
  /^(?:(?:sure|certainly|of course|yes|ok(?:ay)?|great question)\b[,!.]?\s*)?(?:here(?:'s|’s| is| are)\b|below\b|follow(?:ing)? (?:these|the|are)\b|the following\b|these are\b|(?:in short|in summary|to summari[sz]e|in detail|specifically|note|for example|summary|answer|steps?|overview|sources?|key points?)\b|to [^,:]+, (?:you (?:can|should|need to|must|will need to) )?(?:follow|do|take|use|try|go through|complete)\b|.*\b(?:as follows|the following(?: \w+){0,2}|these (?:steps|rules|options|points|things))$)/i;
const SAYS_MORE =
  /\d|\b(?:not|never|no|only|must|cannot|all|every|always|one|two|three|four|five|six|seven|eight|nine|ten)\b|n['’]t\b/i;
/** Sentences about the answer itself, or courtesies. */
const COURTESY =
  /^(?:sure|certainly|of course|great question|absolutely|hello|hi|thanks?(?: you)?|you(?:'|’)re welcome|i hope (?:this|that) helps.*|let me know if .*|(?:please )?feel free to ask.*|happy to help.*)[.!]*$/i;

/**
 * Ranges of the sentences of a paragraph that begins at `offset` in the answer, each with the markers
 * behind it. The last one is left out unless `closed`, as it may go on.
 */
export function sentenceRanges(text: string, offset: number, closed: boolean): Range[] {
  const ranges: Range[] = [];
  let start = text.search(/\S|$/);
  const put = (end: number): void => {
    const trimmed = text.slice(start, end).trimEnd().length;
    if (trimmed > 0) ranges.push({ start: start + offset, end: start + trimmed + offset });
    start = end + text.slice(end).search(/\S|$/);
  };
  for (const found of text.matchAll(ENDS)) {
    const end = found.index + found[0].length;
    if (end <= start || !endsSentence(text, start, found.index + (found[1]?.length ?? 0))) continue;
    const rest = text.slice(end);
    // A marker or the next sentence may still follow: it must be seen before this one is finished.
    if (UNFINISHED.test(rest) ? closed : BEGINS.test(rest)) {
      put(end + (/^(?:\s*\[\d+\])+/.exec(rest)?.[0].length ?? 0));
    }
  }
  if (closed) put(text.length);
  return ranges;
}

function endsSentence(text: string, start: number, stop: number): boolean {
  const before = text.slice(Math.max(start, stop - 12), stop);
  if (!before.endsWith('.')) return true;
  if (/\b[ap]\.m\.$/i.test(before)) return true;
  if (/^\s*\d{1,3}\.$/.test(text.slice(start, stop))) return false;
  return !ABBREVIATION.test(before);
}

/** The statement that stands in a piece of the answer, or undefined when it states nothing. */
export function claimFrom(
  piece: string,
  start: number,
  kind: 'text' | 'item' | 'row' | 'code',
): SplitClaim | undefined {
  const cited = [...new Set([...piece.matchAll(MARKER)].map((found) => Number(found[1])))];
  const bare = kind === 'code' ? withoutFences(piece) : piece.replace(MARKER, '');
  const text = kind === 'code' ? bare.replace(/\s+/g, ' ').trim() : plainText(bare);
  if (!/[\p{L}\p{N}]/u.test(text)) return undefined;
  if ((kind === 'text' || kind === 'item') && statesNothing(text, bare)) return undefined;
  return { start, end: start + piece.length, text, cited: kind === 'code' ? [] : cited };
}

function statesNothing(text: string, markdown: string): boolean {
  if (/\?["'”’)]*$/.test(text) || COURTESY.test(text)) return true;
  const title = /^\s*(?:\*\*|__)[^*_]+(?:\*\*|__):?\s*$/.test(markdown) && !/[.!]$/.test(text);
  if (title) return true;
  if (!text.endsWith(':')) return false;
  const words = text.slice(0, -1).trim();
  return words.split(' ').length <= 2 || (LEAD_IN.test(words) && !SAYS_MORE.test(words));
}

function withoutFences(code: string): string {
  return code.replace(/^[^\n]*(?:`{3,}|~{3,})[^\n]*$/gm, '');
}
