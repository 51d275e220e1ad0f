import type { Guard, GuardText } from './guard-text.ts';
import { says } from './guard-text.ts';
import type { Bound, Quantity } from './quantities.ts';

const MONTHS = 'january february march april may june july august september october november december'.split(
  ' ',
);
const DAY = 86_400;
const CAN =
  /\b(?:can|could|may|able|eligible|entitled|allow(?:s|ed)?|limit\w*|cap(?:ped)?|max\w*|offers?|receives?|granted|subsidi[sz]e\w*|permit\w*|cannot|budget)\b/;
const MUST =
  /\b(?:must|should|need(?:s|ed)?|requir\w+|have to|has to|expect\w*|minimum|advance|notice|before|want|wish)\b/;

/** Every number, amount and date of the claim must be in the evidence, with its unit and bound. */
export const guardNumbers: Guard = ({ claim, evidence, context }) => {
  const known = [...evidence.quantities, ...context.quantities, ...biweekly(evidence)];
  for (const quantity of claim.quantities) {
    if (isFiller(quantity, claim)) continue;
    const same = known.filter((other) => isSame(quantity, other));
    if (same.length === 0) return `The cited words don't say “${quantity.raw}”.`;
    if (!same.some((other) => boundsAgree(quantity, other, claim, evidence))) {
      return `The cited words put another limit on “${quantity.raw}”.`;
    }
  }
  return wrongDate(claim, evidence, context) ?? wrongPace(claim, evidence, context);
};

/** "Biweekly" is every two weeks. */
function biweekly({ norms }: GuardText): Quantity[] {
  const at = norms.findIndex(
    (norm, index) => norm === 'biweekly' || (norm === 'bi' && norms[index + 1] === 'weekly'),
  );
  if (at < 0) return [];
  return [
    {
      raw: 'biweekly',
      value: 14 * DAY,
      number: 2,
      dimension: 'time',
      bound: 'exact',
      ordinal: false,
      from: at,
      to: at + 1,
    },
  ];
}

/** "First, open ..." and "the two" that counts what the sentence itself lists. */
function isFiller({ ordinal, number, from, to }: Quantity, { tokens }: GuardText): boolean {
  if (ordinal && number === 1) {
    return tokens[from]?.opens === true || /^(?:at|time)$/.test(tokens[from - 1]?.norm ?? '');
  }
  return ordinal && number === 2 && to - from === 1 && tokens[from]?.opens === true;
}

function isSame(claim: Quantity, other: Quantity): boolean {
  if (claim.ordinal !== other.ordinal && claim.number < 4) return false;
  if (claim.dimension === '' || other.dimension === '') return near(claim.number, other.number);
  if (claim.dimension === other.dimension) return near(claim.value, other.value);
  const [a, b] = claim.dimension < other.dimension ? [claim, other] : [other, claim];
  if (a.dimension === 'months' && b.dimension === 'time') {
    return near(a.value, 12) && (near(b.value, 365 * DAY) || near(b.value, 52 * 7 * DAY));
  }
  if (a.dimension === 'time' && b.dimension === 'workdays') {
    return near(a.value, b.value * DAY) || near(a.value, (b.value / 5) * 7 * DAY);
  }
  return false;
}

function near(a: number, b: number): boolean {
  return Math.abs(a - b) <= 1e-6 * Math.max(1, Math.abs(a));
}

function boundsAgree(claim: Quantity, other: Quantity, text: GuardText, evidence: GuardText): boolean {
  const [said, shown]: readonly Bound[] = [claim.bound, other.bound];
  if (said === shown || said === undefined || shown === undefined) return true;
  if (said === 'exact') {
    if (shown === 'max') return says(text, CAN);
    if (shown === 'min') return says(text, MUST) || says(text, CAN);
    return shown === 'about';
  }
  if (said === 'about') return shown === 'exact';
  return said === 'max' && shown === 'exact' && says(evidence, CAN);
}

/** Day and month, or month and year, that stand together in the claim must stand together in the evidence. */
function wrongDate(claim: GuardText, evidence: GuardText, context: GuardText): string | undefined {
  const known = new Set([...datesOf(evidence), ...datesOf(context)].map(({ key }) => key));
  const wrong = datesOf(claim).find(({ key }) => !known.has(key));
  return wrong && `The cited words don't give the date “${wrong.raw}”.`;
}

function datesOf({ norms, tokens }: GuardText): { readonly key: string; readonly raw: string }[] {
  return norms.flatMap((norm, at) => {
    const month = MONTHS.findIndex((name) => name === norm || (norm.length > 2 && name.slice(0, 3) === norm));
    if (month < 0 || (norm === 'may' && tokens[at]?.surface !== 'May')) return [];
    const near = [at - 2, at - 1, at + 1, at + 2].flatMap((place) => {
      const number = /^(\d{1,4})(?:st|nd|rd|th)?$/.exec(norms[place] ?? '')?.[1];
      const between = norms[(at + place) / 2] ?? '';
      if (number === undefined || (Math.abs(place - at) === 2 && !/^\d|^of$/.test(between))) return [];
      return [{ key: `${month} ${Number(number)}`, raw: `${tokens[at]?.surface} ${number}` }];
    });
    return near.filter(({ key }, index) => near.findIndex((other) => other.key === key) === index);
  });
}

const pace = (unit: string, adverb: string): RegExp =>
  new RegExp(
    `\\b(?:(?:per|each|every|(?<!\\b(?:within|in|after|for|least|most|than|about|of|over|under|half|takes?|lasts?|is) )an?) (?:\\w+ )?${unit}|${adverb})\\b`,
  );
const PACES: readonly (readonly [string, RegExp, RegExp])[] = [
  ['hour', pace('hour', 'hourly'), /\bhour/],
  ['day', pace('day', 'daily'), /\b(?:da(?:y|ily)|workday)/],
  ['week', pace('week', 'weekly'), /\b(?:week|(?:fri|mon|tues|wednes|thurs)day)/],
  ['month', pace('month', 'monthly'), /\bmonth/],
  ['quarter', pace('quarter', 'quarterly'), /\bquarter/],
  ['year', pace('year', 'yearly|annual(?:ly)?(?! leave)'), /\b(?:year|annual|january|birthday|12 months)/],
  [
    'two weeks',
    /\b(?:biweekly|bi weekly|fortnightly)\b/,
    /\b(?:biweekly|bi weekly|fortnight|two weeks?|2 weeks?)/,
  ],
];

/** "Every week" in the claim needs the week in the evidence. */
function wrongPace(claim: GuardText, evidence: GuardText, context: GuardText): string | undefined {
  const known = [...evidence.norms, ...context.norms].join(' ');
  const wrong = PACES.find(([, said, shown]) => says(claim, said) && !shown.test(known));
  return wrong && `The cited words don't say how often per ${wrong[0]}.`;
}
