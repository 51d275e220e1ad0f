import { type Unit, unitAt } from './measure-units.ts';
import { numberAt, ordinalOf } from './number-words.ts';

export type Bound = 'min' | 'max' | 'over' | 'under' | 'about' | 'exact';

/** A number with its unit as read in a text. `value` is in the unit's base (seconds, months, dollars...). */
export type Quantity = {
  readonly raw: string;
  readonly value: number;
  /** The number as it stands, before its unit is applied. */
  readonly number: number;
  /** What is counted; "" for a bare number or a noun that is no unit. */
  readonly dimension: Unit['dimension'] | '';
  readonly bound: Bound;
  readonly ordinal: boolean;
  /** Index of its first token and behind its last, in the tokens given. */
  readonly from: number;
  readonly to: number;
};

const BEFORE: readonly (readonly [RegExp, Bound])[] = [
  [
    /(?:^| )(?:at least|no less than|no fewer than|not less than|not fewer than|minimum(?: of)?|a minimum of)$/,
    'min',
  ],
  [
    /(?:^| )(?:no more than|not more than|not to exceed|(?:not|cannot|can't) (?:\w+ ){0,2}(?:exceed|more than|over))$/,
    'max',
  ],
  [
    /(?:^| )(?:up to|at most|maximum(?: of)?|within|limited to|limit of|capped at|cap of|limit is|not exceed(?:ing)?)$/,
    'max',
  ],
  [
    /(?:^| )(?:more than|over|above|exceed(?:s|ing)?|beyond|greater than|longer than|older than|in excess of)$/,
    'over',
  ],
  [/(?:^| )(?:less than|fewer than|under|below|shorter than|younger than|almost|nearly)$/, 'under'],
  [/(?:^| )(?:about|around|approximately|roughly|approx|~|some|circa|typically|usually)$/, 'about'],
];
const AFTER: readonly (readonly [RegExp, Bound])[] = [
  [
    /^(?:\S+ ){0,3}(?:or more|or longer|or greater|or above|minimum|and up|at least|or older|and over)(?: |$)/,
    'min',
  ],
  [
    /^(?:\S+ ){0,3}(?:or less|or fewer|or under|maximum|max|cap|limit|at most|or below|or shorter)(?: |$)/,
    'max',
  ],
];

/** Every number of a tokenised text, in digits or words, with unit and bound. */
export function quantitiesOf(tokens: readonly string[]): Quantity[] {
  const found: Quantity[] = [];
  for (let at = 0; at < tokens.length; ) {
    const number = numberAt(tokens, at);
    if (!number) {
      at++;
      continue;
    }
    const unit = unitAt(tokens, at, number.to, number.marked);
    const to = Math.max(number.to, unit?.to ?? 0);
    const raw = tokens.slice(unit?.from ?? at, to).join(' ');
    const ahead = tokens.slice(to, to + 5).join(' ');
    const behind = tokens.slice(Math.max(0, at - 6), unit?.from ?? at).join(' ');
    found.push({
      raw: raw.replace(/([$€£]) (?=\d)/g, '$1').replace(/ %/g, '%'),
      number: number.value,
      value: number.value * (unit?.factor ?? 1),
      dimension: unit?.dimension ?? '',
      bound: boundOf(behind, ahead, tokens[number.to] === '+'),
      ordinal: number.ordinal,
      from: at,
      to,
    });
    at = Math.max(to > number.to && unit?.apart ? number.to : to, at + 1);
  }
  return found;
}

function boundOf(behind: string, ahead: string, plus: boolean): Bound {
  if (plus) return 'min';
  for (const [pattern, bound] of BEFORE) if (pattern.test(behind.replace(/ [$€£]$/, ''))) return bound;
  for (const [pattern, bound] of AFTER) if (pattern.test(ahead)) return bound;
  return 'exact';
}

/** The ordinal that a word is ("third", "3rd"), or undefined. */
export { ordinalOf };
