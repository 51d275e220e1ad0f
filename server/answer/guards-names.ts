import { isStopWord } from '../../knowledge/terms.ts';
import { isOpener } from './common-openers.ts';
import type { Guard, GuardText, Token } from './guard-text.ts';

/** One name, two ways to write it. */
const SAME: readonly (readonly string[])[] = [
  ['us', 'u.s', 'usa', 'united', 'states', 'american', 'america'],
  ['uk', 'u.k', 'united', 'kingdom', 'britain', 'british'],
  ['eu', 'european', 'union', 'europe'],
  ['dc', 'washington', 'columbia'],
  ['covid', 'coronavirus'],
];

/** Every proper name, acronym, identifier and address of the claim must be in the evidence or its headings. */
export const guardNames: Guard = ({ claim, evidence, context }) => {
  const known = [...evidence.tokens, ...context.tokens];
  const words = new Set(known.flatMap(formsOf));
  const squashed = squash(`${evidence.text} ${context.text}`);
  const initials = initialsOf([evidence, context]);
  const missing = claim.tokens.find(
    (token) =>
      isName(token) &&
      !formsOf(token).some((form) => words.has(form)) &&
      !(token.norm.length > 3 && squashed.includes(squash(token.norm))) &&
      !(isAcronym(token.surface) && initials.includes(squash(token.norm.replace(/s$/, '')))) &&
      !SAME.some((names) => names.includes(token.norm) && names.some((name) => words.has(name))),
  );
  const address = claim.text.match(ADDRESS)?.find((found) => !squashed.includes(squash(found)));
  const name = missing?.surface ?? address;
  return name && `The cited words don't mention “${name}”.`;
};

/** Mail and web addresses, without a full stop behind them. */
const ADDRESS = /[\w.+-]+@[\w-]+(?:\.[\w-]+)+|\b(?:[\w-]+\.)+(?:com|org|net|gov|io|dev|edu|mil)\b/g;

/** Whether a token is a name by its letters: capitals where none are due, digits among letters, an address. */
export function isName(token: Token): boolean {
  const { surface, norm, opens } = token;
  const bare = surface.replace(/['’]s$/, '');
  if (/^\d[\d.,:]*(?:st|nd|rd|th|k|m|b|x|am|pm|s)?$/i.test(bare)) return false;
  if (isAcronym(bare) || /\p{L}\d|\d\p{L}|_|\p{Ll}\p{Lu}/u.test(bare)) return true;
  if (!/^\p{Lu}/u.test(bare) || isStopWord(norm)) return false;
  if (!opens) return !/^(?:I|Yes|No)$/.test(bare);
  return !isOpener(norm);
}

export function isAcronym(surface: string): boolean {
  const letters = surface.replace(/[^\p{L}]/gu, '').replace(/s$/, '');
  return letters.length >= 2 && letters === letters.toUpperCase() && /\p{Lu}/u.test(letters);
}

/** Ways in which a word may stand in the evidence: with or without its ending. */
function formsOf({ norm, stem }: Token): string[] {
  const bare = norm.replace(/'s?$/, '');
  return [...new Set([bare, bare.replace(/s$/, ''), stem])];
}

function squash(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '');
}

/** First letters of the runs of words of a text, so that an acronym finds the name that it stands for. */
function initialsOf(texts: readonly GuardText[]): string {
  return texts
    .map(({ tokens }) =>
      tokens
        .filter(({ norm, surface }) => /^\p{Lu}/u.test(surface) || !isStopWord(norm))
        .map(({ surface }) => (/^\p{Lu}/u.test(surface) ? surface[0]?.toLowerCase() : '.'))
        .join(''),
    )
    .join(' ');
}
