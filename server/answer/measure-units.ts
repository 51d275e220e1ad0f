/**
 * A unit found at a number. Days and longer are kept apart from hours by dimension only where they
 * don't convert: a month isn't a number of days, and a business day isn't a day.
 */
export type Unit = {
  readonly dimension:
    | 'time'
    | 'months'
    | 'workdays'
    | 'dollars'
    | 'euros'
    | 'pounds'
    | 'percent'
    | 'clock'
    | 'share'
    | 'bytes';
  readonly factor: number;
  /** First token that belongs to it when it stands before the number ("$"). */
  readonly from?: number;
  readonly to: number;
  /** Other words stand between number and unit: they aren't part of the quantity. */
  readonly apart?: boolean;
};

const HOUR = 3_600;
const UNITS: readonly (readonly [RegExp, Unit['dimension'], number])[] = [
  [/^(?:seconds?|secs?)$/, 'time', 1],
  [/^(?:minutes?|mins?)$/, 'time', 60],
  [/^(?:hours?|hrs?|hourly)$/, 'time', HOUR],
  [/^days?$/, 'time', 24 * HOUR],
  [/^(?:weeks?|wks?)$/, 'time', 7 * 24 * HOUR],
  [/^fortnights?$/, 'time', 14 * 24 * HOUR],
  [/^months?$/, 'months', 1],
  [/^quarters?$/, 'months', 3],
  [/^(?:years?|yrs?)$/, 'months', 12],
  [/^decades?$/, 'months', 120],
  [/^(?:dollars?|usd|bucks)$/, 'dollars', 1],
  [/^(?:euros?|eur)$/, 'euros', 1],
  [/^(?:pounds|gbp)$/, 'pounds', 1],
  [/^(?:%|percent|percentage|pct)$/, 'percent', 1],
  [/^kb$/, 'bytes', 1e3],
  [/^mb$/, 'bytes', 1e6],
  [/^gb$/, 'bytes', 1e9],
  [/^tb$/, 'bytes', 1e12],
];
const CURRENCIES = new Map<string, Unit['dimension']>([
  ['$', 'dollars'],
  ['€', 'euros'],
  ['£', 'pounds'],
]);
/** Words that may stand between a number and its unit ("12 contiguous weeks"); anything else ends the look. */
const STOPS =
  /^(?:of|to|for|in|at|on|and|or|per|a|an|the|is|are|with|by|from|after|before|every|each|if|that|[-–]|\+|\d.*)$/;
const WORKDAY = /^(?:business|working|work|workdays?|consecutive)$/;

export function unitAt(
  tokens: readonly string[],
  from: number,
  to: number,
  marked: string | undefined,
): Unit | undefined {
  if (marked === 'clock') return { dimension: 'clock', factor: 1, to };
  if (marked === 'day') return { dimension: 'time', factor: 24 * HOUR, to };
  const currency = CURRENCIES.get(tokens[from - 1] ?? '');
  if (currency) return { dimension: currency, factor: 1, from: from - 1, to };
  const near = named(tokens, to, to + 1) ?? shareUnit(tokens, to, marked);
  if (near) return near;
  if (marked === 'share') return { dimension: 'percent', factor: 100, to };
  return named(tokens, to, to + 4);
}

/** "half an hour", "half a day": the share is of the unit. */
function shareUnit(tokens: readonly string[], to: number, marked: string | undefined): Unit | undefined {
  if (marked !== 'share' || !/^an?$/.test(tokens[to] ?? '')) return undefined;
  return named(tokens, to + 1, to + 2);
}

function named(tokens: readonly string[], from: number, until: number): Unit | undefined {
  let business = false;
  const start = tokens[from] === '+' ? from + 1 : from;
  for (let at = start; at < Math.min(until + (start - from), tokens.length); at++) {
    const word = tokens[at] ?? '';
    for (const [pattern, dimension, factor] of UNITS) {
      if (!pattern.test(word)) continue;
      const apart = at > start + (business ? 1 : 0);
      if (business && word.startsWith('day')) return { dimension: 'workdays', factor: 1, to: at + 1 };
      return { dimension, factor, to: at + 1, ...(apart ? { apart } : {}) };
    }
    if (/^workdays?$/.test(word)) return { dimension: 'workdays', factor: 1, to: at + 1 };
    if (STOPS.test(word)) return undefined;
    if (at === start && /^(?:business|working|work)$/.test(word)) {
      business = true;
      until++;
    } else if (WORKDAY.test(word)) until++;
  }
  return undefined;
}
