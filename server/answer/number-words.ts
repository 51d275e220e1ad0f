/** A number that begins at a token: its value, and the index behind its last token. */
export type NumberAt = {
  readonly value: number;
  readonly to: number;
  readonly ordinal: boolean;
  /** It carries its own unit: "%", "am". */
  readonly marked?: string;
};

const ONES =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(
    ' ',
  );
const TENS = 'twenty thirty forty fifty sixty seventy eighty ninety'.split(' ');
const ORDINALS =
  'zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth'.split(
    ' ',
  );
const SCALES: Readonly<Record<string, number>> = {
  hundred: 100,
  thousand: 1_000,
  million: 1_000_000,
  billion: 1_000_000_000,
  k: 1_000,
  m: 1_000_000,
  b: 1_000_000_000,
};
const SMALL = new Map<string, number>([
  ...ONES.map((word, value): [string, number] => [word, value]),
  ...TENS.map((word, index): [string, number] => [word, 20 + index * 10]),
  ['dozen', 12],
  ['fortnight', 14],
  ['twice', 2],
  ['thrice', 3],
  ['½', 0.5],
  ['¼', 0.25],
  ['¾', 0.75],
  ['⅓', 1 / 3],
  ['⅔', 2 / 3],
]);
const SHARES: Readonly<Record<string, number>> = {
  half: 0.5,
  third: 1 / 3,
  quarter: 0.25,
  thirds: 1 / 3,
  quarters: 0.25,
};
/** Words behind which "second" isn't an ordinal, and "one" isn't a number. */
const ONE_AS_PRONOUN = /^(?:of|another|on|to|that|who|which|is|can|may|should|must|or|by|place|person)$/;

/** The ordinal that a word is ("third", "3rd"), or undefined. */
export function ordinalOf(word: string): number | undefined {
  const digits = /^(\d+)(?:st|nd|rd|th)$/.exec(word);
  if (digits) return Number(digits[1]);
  const index = ORDINALS.indexOf(word);
  return index > 0 ? index : undefined;
}

/** Reads a number in digits or words at a token. */
export function numberAt(tokens: readonly string[], at: number): NumberAt | undefined {
  const word = tokens[at] ?? '';
  const ordinal = ordinalOf(word);
  if (ordinal !== undefined) {
    if (word === 'second' && /^(?:per|a|each|every|\d+)$/.test(tokens[at - 1] ?? '')) return undefined;
    return { value: ordinal, to: at + 1, ordinal: true };
  }
  return digitsAt(tokens, at) ?? shareAt(tokens, at) ?? wordsAt(tokens, at) ?? articleAt(tokens, at);
}

const ONE_UNIT = /^(?:second|minute|hour|day|week|fortnight|month|quarter|year|decade)$/;

/** "Within a week": one of a unit. "Twice a week" is a pace. */
function articleAt(tokens: readonly string[], at: number): NumberAt | undefined {
  if (!/^an?$/.test(tokens[at] ?? '') || !ONE_UNIT.test(tokens[at + 1] ?? '')) return undefined;
  if (
    !/^(?:within|in|after|for|least|most|than|about|of|to|over|under|half|takes?|lasts?|is|not|one)$/.test(
      tokens[at - 1] ?? '',
    )
  )
    return undefined;
  return { value: 1, to: at + 1, ordinal: false };
}

function digitsAt(tokens: readonly string[], at: number): NumberAt | undefined {
  const found = /^(-?\d*\.?\d+)([kmb]|x|am|pm)?$/.exec(tokens[at] ?? '');
  if (!found) return clockAt(tokens, at);
  const value = Number(found[1]);
  const suffix = found[2] ?? '';
  if (suffix === 'am' || suffix === 'pm') return clockAt(tokens, at);
  if (suffix !== '' && suffix !== 'x')
    return { value: value * (SCALES[suffix] ?? 1), to: at + 1, ordinal: false };
  if (halfOfDay(tokens, at + 1)) return clockAt(tokens, at);
  const next = tokens[at + 1] ?? '';
  if (next.length > 1 && next in SCALES)
    return { value: value * (SCALES[next] ?? 1), to: at + 2, ordinal: false };
  return { value, to: at + 1, ordinal: false };
}

/** A time of day as minutes after midnight: "9am", "4:30 p m", "10:30". */
function clockAt(tokens: readonly string[], at: number): NumberAt | undefined {
  const found = /^(\d{1,2})(?::(\d\d))?(?:([ap])m?)?$/.exec(tokens[at] ?? '');
  if (!found) return undefined;
  const [, hour, minutes, letter] = found;
  const half = letter ?? halfOfDay(tokens, at + 1)?.letter;
  const to = letter ? at + 1 : (halfOfDay(tokens, at + 1)?.to ?? at + 1);
  if (!half && minutes === undefined) return undefined;
  const late = half === 'p' || (!half && Number(hour) >= 12);
  const value = ((Number(hour) % 12) + (late ? 12 : 0)) * 60 + Number(minutes ?? 0);
  return { value, to, ordinal: false, marked: 'clock' };
}

/** "am" or "p m" at a token: a lone "a" is an article. */
function halfOfDay(
  tokens: readonly string[],
  at: number,
): { readonly letter: string; readonly to: number } | undefined {
  const word = tokens[at] ?? '';
  if (/^[ap]m$/.test(word)) return { letter: word[0] ?? '', to: at + 1 };
  return /^[ap]$/.test(word) && tokens[at + 1] === 'm' ? { letter: word, to: at + 2 } : undefined;
}

function shareAt(tokens: readonly string[], at: number): NumberAt | undefined {
  const share = SHARES[tokens[at] ?? ''];
  const next = tokens[at + 1] ?? '';
  if (share === undefined) return undefined;
  if (tokens[at] === 'half' || next === 'of')
    return { value: share, to: at + 1, ordinal: false, marked: 'share' };
  return undefined;
}

function wordsAt(tokens: readonly string[], at: number): NumberAt | undefined {
  const first = SMALL.get(tokens[at] ?? '');
  const alone = tokens[at] ?? '';
  if (first === undefined && !(alone === 'hundred' || alone === 'thousand' || alone === 'million'))
    return undefined;
  if (alone === 'one' && isPronoun(tokens, at)) return undefined;
  if (alone === 'fortnight') return { value: 14, to: at + 1, ordinal: false, marked: 'day' };
  let total = 0;
  let part = first ?? 1;
  let to = first === undefined ? at : at + 1;
  for (; to < tokens.length; to++) {
    const word = tokens[to] ?? '';
    const small = SMALL.get(word);
    const scale = word.length > 1 ? SCALES[word] : undefined;
    if (scale === 100) part *= 100;
    else if (scale !== undefined) {
      total += part * scale;
      part = 0;
    } else if (
      small !== undefined &&
      ONES.includes(word) &&
      (part % 100 === 0 || (part % 10 === 0 && part % 100 >= 20 && small < 10))
    ) {
      part += small;
    } else if (
      !(word === 'and' && (part % 100 === 0 || part === 0) && to > at + 1 && SMALL.has(tokens[to + 1] ?? ''))
    )
      break;
  }
  return { value: total + part, to, ordinal: false };
}

function isPronoun(tokens: readonly string[], at: number): boolean {
  const before = tokens[at - 1] ?? '';
  const next = tokens[at + 1] ?? '';
  return (
    ONE_AS_PRONOUN.test(next) ||
    /^(?:no|this|that|each|every|any|which|another|the|a|new|on)$/.test(before) ||
    next === ''
  );
}
