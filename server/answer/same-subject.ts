import { type GuardText, guardText, type Token } from './guard-text.ts';
import { guardAntonyms } from './guards-antonyms.ts';
import { isAcronym, isName } from './guards-names.ts';
import { isNegator } from './guards-polarity.ts';
import { isRole } from './guards-roles.ts';

/** Where a sentence stands; `headings` from the outermost to its section's own. */
export type Place = {
  readonly path: string;
  readonly title: string;
  readonly headings: readonly string[];
};

/** Words of a heading or folder that say for whom or for what its text holds. */
const SCOPES = new Set(
  (
    'intern interns freelancer freelancers parttime part-time fulltime full-time executives windows mac macos linux ubuntu debian ios android mobile ' +
    'enterprise premium pro gold silver bronze trial starter staging production sandbox cloud on-premises domestic international abroad ' +
    'regional global junior senior legacy deprecated archive archived old draft template example sample'
  ).split(' '),
);
/** Departments and kinds of pages: they tell who speaks, not of what. */
const DESKS = /^(?:hr|it|faqs?|payroll|insurance|board|union|engineering|employment)$/;

/** Whether the sentences or their headings name different things, people, plans, places or versions. */
export function speakOfOtherThings(a: Place, b: Place, one: GuardText, other: GuardText): boolean {
  const [around, there] = [readPlace(a), readPlace(b)];
  return (
    hasOwnName(one, other, there) ||
    hasOwnName(other, one, around) ||
    headingsPart(a, b, around, there, new Set([...one.stems, ...other.stems]))
  );
}

function readPlace({ title, headings }: Place): GuardText {
  return guardText(title, ...headings);
}

/** A name or role that the other side has neither in its sentence nor in its headings. */
function hasOwnName(text: GuardText, other: GuardText, around: GuardText): boolean {
  return text.tokens.some(
    (token) =>
      (isName(token) || isRole(token.norm)) && !other.stems.has(token.stem) && !around.stems.has(token.stem),
  );
}

function headingsPart(
  a: Place,
  b: Place,
  around: GuardText,
  there: GuardText,
  said: ReadonlySet<string>,
): boolean {
  if (foldersPart(a.path, b.path)) return true;
  const own = (text: GuardText, than: GuardText) =>
    text.tokens.filter(
      ({ content, stem, norm }) => (content || /\d/.test(norm)) && !than.stems.has(stem) && !said.has(stem),
    );
  const [onlyA, onlyB] = [own(around, there), own(there, around)];
  const narrows = [...onlyA, ...onlyB].some(
    (token) => !DESKS.test(token.norm) && (isScope(token) || isAcronym(token.surface)),
  );
  if (narrows || areOpposed(a, b)) return true;
  if (onlyA.length === 0 || onlyB.length === 0) return false;
  // "Gold plan" and "Silver plan": one kind of thing twice. Sections of one document mostly are that.
  const kind = [...around.content].some((stem) => there.content.has(stem));
  return kind || a.path === b.path || a.headings[0] === b.headings[0];
}

/** "Billable time" and "Non-billable time". */
function areOpposed(a: Place, b: Place): boolean {
  const [claim, evidence] = [a, b].map(({ title, headings }) => guardText(headings.at(-1) ?? title));
  if (!claim || !evidence) return false;
  const input = { claim, evidence, sentences: [evidence], context: guardText('') };
  return guardAntonyms(input) !== undefined || isNegative(claim) !== isNegative(evidence);
}

function isNegative({ tokens }: GuardText): boolean {
  return tokens.some((token) => isNegator(token) || token.norm === 'non');
}

/** The same file name in two folders, or a folder that says for what version, place or people its pages hold. */
function foldersPart(a: string, b: string): boolean {
  const [mine, theirs] = [a.split('/'), b.split('/')];
  const [name, otherName] = [mine.pop(), theirs.pop()];
  const own = mine.filter((folder) => !theirs.includes(folder));
  const others = theirs.filter((folder) => !mine.includes(folder));
  if (name === otherName && own.length + others.length > 0) return true;
  return guardText(...own, ...others).tokens.some((token) => !DESKS.test(token.norm) && isScope(token));
}

function isScope({ norm }: Token): boolean {
  return /\d/.test(norm) || SCOPES.has(norm) || isRole(norm);
}
