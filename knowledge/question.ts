import { isStopWord, terms } from './terms.ts';

/** What kind of answer a question asks for; decides which sentences may lead and how much is quoted. */
export type QuestionKind =
  | 'comparison'
  | 'definition'
  | 'list'
  | 'steps'
  | 'quantity'
  | 'time'
  | 'person'
  | 'place'
  | 'reason'
  | 'other';

export type Question = {
  readonly text: string;
  readonly kind: QuestionKind;
  /** Distinct stems without stop words, in order. */
  readonly terms: readonly string[];
  /** The things compared ("X", "Y"); for a definition the one thing asked about; else empty. */
  readonly subjects: readonly string[];
  /** Proper names, acronyms and numbers that the question itself gives, as written. */
  readonly names: readonly string[];
};

const COMPARISONS: readonly RegExp[] = [
  /\bdiff(?:erence|erences|er)? between (?:an? |the )?(.+?) (?:and|vs\.?|or) (?:an? |the )?(.+)/i,
  /\bcompare (?:an? |the )?(.+?) (?:and|with|to|against) (?:an? |the )?(.+)/i,
  /\bhow (?:is|are|do|does) (?:an? |the )?(.+?) (?:different|differ|differs) (?:from|than|to) (?:an? |the )?(.+)/i,
  /\b(.+?) (?:vs\.?|versus) (?:an? |the )?(.+)/i,
  /^(?:should (?:i|we) (?:use|choose|pick)|which is better,?) (?:an? |the )?(.+?) or (?:an? |the )?(.+)/i,
];

const DEFINITIONS: readonly RegExp[] = [
  /^what(?:'s| is| are|s) (?:meant by |an? |the )?["“']?([^?"”]+?)["”']?$/i,
  /^who (?:is|are) ([^?]+)$/i,
  /^(?:define|explain|describe|meaning of|definition of) (?:an? |the )?["“']?([^?"”]+?)["”']?$/i,
  /^what (?:does|do|did) (?:an? |the )?["“']?(.+?)["”']? (?:mean|stand for)\b/i,
];

const KINDS: readonly (readonly [QuestionKind, RegExp])[] = [
  [
    'quantity',
    /\bhow (?:many|much|often|far|big|large|expensive|high|small|fast|old|soon|quickly)\b|\bwhat (?:percent|percentage|number|amount|price|cost)\b|\bhow long\b/i,
  ],
  [
    'time',
    /\bwhen\b|\bwhat (?:time|year|date|day|month|century|decade)\b|\b(?:which|what) (?:year|century)\b|\bdeadline\b|\bby when\b/i,
  ],
  [
    'steps',
    /^(?:how (?:do|can|should|would|to|did|does)\b|how to\b)|\bsteps?\b|\bprocedure\b|\bhow do (?:i|we|you)\b/i,
  ],
  [
    'list',
    /^(?:which|list|name)\b|\bwhat (?:are|kinds?|types?|sorts?)\b|\b(?:types|kinds|examples|categories) of\b|\bwhat .{0,40}\b(?:options|tools|services|levels|benefits|steps|reasons|ways|models|challenges)\b/i,
  ],
  ['person', /\bwho(?:m|se)?\b/i],
  ['place', /\bwhere\b|\bwhat (?:country|city|place|location)\b/i],
  ['reason', /\bwhy\b|\bwhat (?:caused|causes)\b/i],
];

const WORD = /[\p{L}\p{N}][\p{L}\p{N}'’.&/-]*[\p{L}\p{N}]|[\p{L}\p{N}]/gu;

/** Reads a question: its kind, stems, subjects and the names and numbers that an answer must be about. */
export function readQuestion(text: string): Question {
  const clean = text.replace(/\s+/g, ' ').trim();
  const bare = clean.replace(/[?!.\s]+$/u, '');
  const compared = firstMatch(COMPARISONS, bare);
  const defined = compared ? undefined : firstMatch(DEFINITIONS, bare);
  const subject = defined?.[0];
  const shortSubject =
    subject !== undefined &&
    subject.split(' ').length <= 5 &&
    !/\b(?:best|first|next|most|for|do|does|to)\b/i.test(subject);
  const kind: QuestionKind = compared
    ? 'comparison'
    : (KINDS.find(([k, re]) => re.test(bare) && !(shortSubject && (k === 'list' || k === 'person')))?.[0] ??
      (shortSubject ? 'definition' : 'other'));
  return {
    text: clean,
    kind: kind === 'other' && shortSubject ? 'definition' : kind,
    terms: [...new Set(terms(clean))],
    subjects: compared ?? (shortSubject && subject !== undefined ? [subject] : []),
    names: namesIn(clean),
  };
}

function firstMatch(patterns: readonly RegExp[], text: string): string[] | undefined {
  for (const pattern of patterns) {
    const found = pattern.exec(text);
    if (found)
      return found.slice(1).map((part) => part.replace(/^(?:what is|what's|whats|what are) /i, '').trim());
  }
  return undefined;
}

/** Words that carry a capital or digit of their own: acronyms, numbers, names after the first word. */
function namesIn(text: string): string[] {
  const names = new Set<string>();
  let first = true;
  for (const [word] of text.matchAll(WORD)) {
    const acronym = /\p{Lu}.*\p{Lu}/u.test(word);
    const digit = /\p{N}/u.test(word);
    const capital = /^\p{Lu}/u.test(word) && !first && word.length > 1 && !isStopWord(word.toLowerCase());
    if (acronym || digit || capital) names.add(word);
    first = false;
  }
  return [...names];
}
