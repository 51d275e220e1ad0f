import { readQuestion } from '../../knowledge/question.ts';
import { isStopWord, terms } from '../../knowledge/terms.ts';

/** A word that stands for something said before. `at` is its offset. */
export type Pointer = {
  readonly word: string;
  readonly at: number;
  readonly use: 'thing' | 'owner' | 'beside';
};

const OPENER =
  /^(?:(?:and|but|so|also|then|ok(?:ay)?|well|hm+|thanks?|thank you|great|what about|how about)\b[,.!\s]*)+/i;
/** "One-off" points to nothing. */
const POINTERS =
  /(?<!-)\b(?:it|its|they|them|their|theirs|these|those|this|that|he|she|him|his|her|ones?|there)\b(?!-)/gi;
const AUXILIARY =
  /\b(?:do|does|did|is|are|was|were|can|could|will|would|should|has|have|had|about|of|for|with|from|to|in|on|by|than|like|use|need|get|buy)$/i;
/** With so many words of content before it, "it" most likely means one of them. */
const OWN_CONTENT = 3;

/** The question without "and", "what about", "thanks" in front. */
export function withoutOpener(question: string): string {
  return question.trim().replace(OPENER, '');
}

/** Whether a question leans on what was said before it. */
export function leansOnPast(question: string): boolean {
  const text = question.trim();
  return OPENER.test(text) || pointerIn(text) !== undefined || isFragment(text) || isElliptic(text);
}

/** The first word that stands for something outside of the question. */
export function pointerIn(text: string): Pointer | undefined {
  for (const found of text.matchAll(POINTERS)) {
    const use = useOf(found[0], text.slice(0, found.index), text.slice(found.index + found[0].length));
    if (use) return { word: found[0], at: found.index, use };
  }
  return undefined;
}

function useOf(word: string, before: string, after: string): Pointer['use'] | undefined {
  const own = terms(before).length;
  const next = /^\s+([\p{L}\p{N}'’-]+)/u.exec(after)?.[1] ?? '';
  const previous = /([\p{L}\p{N}'’-]+)\s+$/u.exec(before)?.[1] ?? '';
  switch (word.toLowerCase()) {
    case 'it':
      return word === 'IT' || own >= OWN_CONTENT ? undefined : 'thing';
    case 'they':
    case 'them':
    case 'he':
    case 'she':
    case 'him':
      return own >= OWN_CONTENT ? undefined : 'thing';
    case 'its':
    case 'their':
    case 'his':
    case 'her':
      return own >= OWN_CONTENT || next === '' ? undefined : 'owner';
    case 'theirs':
      return 'beside';
    case 'one':
    case 'ones':
      // "in one call" counts; "which one" and "do I need one" point.
      if (own >= OWN_CONTENT || (next !== '' && !isStopWord(next) && !/^which$/i.test(previous)))
        return undefined;
      return 'thing';
    case 'there':
      return /\b(?:is|are|was|were|be)\s+$/i.test(before) && terms(after).length > 1 ? undefined : 'beside';
    default: {
      if (/^(?:week|month|year|morning|afternoon|evening|time|quarter|summer|winter)s?$/i.test(next))
        return undefined;
      // "tickets that are overdue", "check that it runs"
      if (/^that$/i.test(word) && previous !== '' && !AUXILIARY.test(previous) && !isStopWord(previous))
        return undefined;
      const alone = next === '' || isStopWord(next) || /\b(?:do|does|did|is|are|was|were)\s+$/i.test(before);
      return alone ? 'thing' : 'beside';
    }
  }
}

/** "IT Glue?", "why?", "in Denver?", "the second one": no clause of its own. */
export function isFragment(text: string): boolean {
  const words = text
    .replace(/[?.!]+$/, '')
    .trim()
    .split(/\s+/);
  if (words.length === 1) return true;
  const asks =
    /^(?:what|which|who|whom|whose|when|where|why|how|is|are|was|were|do|does|did|can|could|should|would|will|has|have|define|explain|describe|list|name|compare|tell|show|give|whats|what['’]s)\b/i;
  const clause = /\b(?:i|we|you|is|are|was|were|can|do|does|my|our|vs\.?|versus|or|meaning|difference)\b/i;
  return words.length <= 4 && !asks.test(text) && !clause.test(text);
}

/** Short, without a name of its own, and about "the" something: "When does the clock stop?". */
export function isElliptic(text: string): boolean {
  const { kind, names, terms: own } = readQuestion(text);
  if (names.length > 0 || own.length > 2 || kind === 'definition' || kind === 'comparison') return false;
  return own.length === 0 || (/\bthe\b/i.test(text) && !/\b(?:i|we|my|our)\b/i.test(text));
}
