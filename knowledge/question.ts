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
  /\bdiff?e?re?n(?:ce|ces)? between (.+?),? (?:and|vs\.?|or) (.+)/i,
  /\bcompare (.+?) (?:and|with|to|against) (.+)/i,
  /\bhow (?:is|are|do|does) (.+?) (?:different|differs?) (?:from|than) (.+)/i,
  /\bwhat (?:distinguishes|sets|makes) (.+?) (?:apart |different |differ )?from (.+)/i,
  /\bhow (?:do|does|is|are) (.+?) (?:compared? (?:with|to|against)|different to) (.+)/i,
  /\bhow (?:do|does|are) (.+?) and (.+?) (?:differ|compare|different|relate)\b/i,
  /^(?:is|are) (.+?) (?:the same (?:thing )?as|(?:better|worse|cheaper|safer|faster|more \w+) than|different from) (.+)/i,
  /^(?:is|are) (.+?) and (.+?) (?:the same|different|one and the same)\b/i,
  /^(.+?) compared (?:with|to) (.+)/i,
  /^(?:should (?:i|we) (?:use|choose|pick|take)|which is better[,:]?|what is better[,:]?) (.+?) or (.+)/i,
  /^(.{2,40}?) or (.{2,40}?)\s*(?:[,:–—]| - )\s*(?:what|which|when|how|diff).*/i,
  /^(\S{2,20}) or (?:an? |the )?(\S{2,20})$/i,
  /(?:^|[,:]\s*)([^,:]+?) (?:vs\.?|versus) (.+)/i,
];

const DEFINITIONS: readonly RegExp[] = [
  /^what (?:do you|is) meant? by (.+)$/i,
  /^(?:what(?:['’]?s| is) the )?(?:meaning|definition) of (.+)$/i,
  /^(.+?) (?:meaning|definition)$/i,
  /^what(?:['’]?s| is| are) (.+)$/i,
  /^[Ww]ho (?:is|are) (\p{Lu}.*)$/u,
  /^(?:define|explain|describe|tell me (?:more )?about) (.+)$/i,
  /^what (?:does|do|did) (.+?) (?:mean|stand for)\b/i,
];

/** "What are the …", "What does a PSA do?", "What success factors matter?": more than one thing is asked for. */
const LISTS =
  /^(?:which|list|name)\b|^what are the\b|\bwhat (?:kinds?|types?|sorts?)\b|\b(?:types|kinds|examples|categories) of\b|\bwhat .{0,40}\b(?:options|tools|services|levels|benefits|steps|reasons|ways|models|challenges)\b|^what (?:[\w-]+ ){0,2}[\w-]+[^s\W]s (?:do|are|can|should|matter|have|need)\b|^what makes up\b|^what (?:does|do) .+ (?:do|include|contain|cover|consist of)$|^what are\b/i;

/** "When" asks for a time at the head of a clause; inside one ("what happens when I leave") it doesn't. */
const ASKS_WHEN =
  /(?:^|[,;:.!?–—-]\s*|\b(?:and|but|or|by|since|until|know|find out|look up|see|say|tell me) )when\b/i;

const KINDS: readonly (readonly [QuestionKind, RegExp])[] = [
  [
    'quantity',
    /\bhow (?:many|much|often|far|big|large|expensive|high|small|fast|old|soon|quickly|long)\b|\bwhat(?:['’]?s| is| are|)(?: the| our)? (?:[\w-]+ )?(?:percent|percentage|number|amount|price|cost|salary|limit|size)\b/i,
  ],
  ['time', ASKS_WHEN],
  [
    'time',
    /\bwhat (?:time|year|date|day|month|century|decade)\b|\b(?:which|what) (?:year|century)\b|\bdeadline\b/i,
  ],
  [
    'steps',
    /^(?:how (?:do|can|should|would|to|did|does)\b|how to\b)|\bsteps?\b|\bprocedure\b|\bhow (?:do|can) (?:i|we|you)\b/i,
  ],
  ['list', LISTS],
  ['person', /\bwho(?:m|se)?\b/i],
  ['place', /\bwhere\b|\bwhat (?:country|city|place|location)\b/i],
  ['reason', /\bwhy\b|\bwhat (?:caused|causes)\b/i],
];

const WORD = /[\p{L}\p{N}][\p{L}\p{N}'’.&/-]*[\p{L}\p{N}]|[\p{L}\p{N}]/gu;

/** Reads a question: its kind, stems, subjects and the names and numbers that an answer must be about. */
export function readQuestion(text: string): Question {
  const clean = text.replace(/\s+/g, ' ').trim();
  const bare = clean.replace(/[?!.\s]+$/u, '');
  const compared = comparedIn(bare);
  const subject = compared ? undefined : subjectOf(bare);
  const defined = subject !== undefined && !/^what are the\b/i.test(bare);
  const found = KINDS.find(([kind, pattern]) => pattern.test(bare) && !(defined && leavesRoom(kind)))?.[0];
  return {
    text: clean,
    kind: compared ? 'comparison' : (found ?? (defined ? 'definition' : 'other')),
    terms: [...new Set(terms(clean))],
    subjects: compared ?? (defined ? [subject] : []),
    names: namesIn(clean),
  };
}

/** "What are MSPs?" reads as a list and "Who is Arnie Bellini?" as a person, but a definition is asked for. */
function leavesRoom(kind: QuestionKind): boolean {
  return kind === 'list' || kind === 'person';
}

/** The things compared, two or more; undefined where nothing is, or only words like "that" are. */
function comparedIn(bare: string): string[] | undefined {
  const [first = '', second = ''] =
    COMPARISONS.map((pattern) => pattern.exec(bare))
      .find(Boolean)
      ?.slice(1) ?? [];
  const things = [...first.split(/\s*,\s*/), second].map(nameOf).filter((thing) => thing !== '');
  return things.length > 1 && things.every((thing) => terms(thing).length > 0 || /\p{Lu}/u.test(thing))
    ? things
    : undefined;
}

/** The one thing that the question asks to have explained; undefined if it is more than a name of it. */
function subjectOf(bare: string): string | undefined {
  const found = DEFINITIONS.map((pattern) => pattern.exec(bare)).find(Boolean)?.[1];
  if (found === undefined || /[,;:?]/.test(found)) return undefined;
  const subject = nameOf(found);
  const words = subject.split(' ');
  const more = words.some((word) =>
    /^(?:best|first|next|most|for|do|does|to|and|i|we|you|it|that)$/.test(word),
  );
  return subject !== '' && words.length <= 5 && !more ? subject : undefined;
}

/** A thing's name without article, quotes, and what the question goes on with. */
function nameOf(text: string): string {
  return text
    .replace(/\s*(?:[,:;–—?]| - ).*$/u, '')
    .replace(/^(?:what is|what['’]?s|what are|what does) /i, '')
    .replace(/^["“”'‘’]|["“”'‘’]$/gu, '')
    .replace(/^(?:an?|the|our) /i, '')
    .trim();
}

/** Words that carry a capital or digit of their own: acronyms, numbers, names after the first word. */
function namesIn(text: string): string[] {
  const names = new Set<string>();
  const shouted = !/\p{Ll}/u.test(text);
  let first = true;
  for (const [found] of text.matchAll(WORD)) {
    for (const part of /\d\/\d/.test(found) ? [found] : found.split('/')) {
      const word = part.replace(/['’]s$/iu, '');
      const common = isStopWord(word);
      const acronym = /\p{Lu}.*\p{Lu}/u.test(word) && !(shouted && common);
      const capital = /^\p{Lu}/u.test(word) && !first && word.length > 1 && !common;
      if (acronym || capital || /\p{N}/u.test(word)) names.add(word);
      first = false;
    }
  }
  return [...names];
}
