import type { Guard, GuardText, Token } from './guard-text.ts';
import { isName } from './guards-names.ts';
import { isRole } from './guards-roles.ts';

const REACH = 7;
const JOINS = /^(?:and|while|whereas|but|or)$/;
/** Whose deeds may be turned round though any of them may be meant by "you". */
const ACTORS = /^(?:employee|client|customer|partner|user|member)s?$/;

/** Who does what to whom must be as in the evidence. */
export const guardDeeds: Guard = ({ claim, evidence }) =>
  turnedAround(claim, evidence) ?? otherDoer(claim, evidence);

/** "A bought B" where the evidence has "B bought A". */
function turnedAround(claim: GuardText, evidence: GuardText): string | undefined {
  const names = claim.tokens.flatMap((token, at) => {
    const key = keyOf(token);
    return key ? [{ key, at, shown: token.surface }] : [];
  });
  for (const a of names) {
    for (const b of names) {
      if (b.at <= a.at || a.key === b.key) continue;
      const deeds = claim.tokens
        .slice(a.at + 1, b.at)
        .filter(isDeed)
        .slice(0, 2);
      for (const { stem } of deeds) {
        const here = orders(claim, stem, a.key, b.key);
        const there = orders(evidence, stem, a.key, b.key);
        if (here.size === 1 && there.size === 1 && [...here][0] !== [...there][0]) {
          return `The cited words say this of “${a.shown}” and “${b.shown}” the other way round.`;
        }
      }
    }
  }
  return undefined;
}

function isDeed(token: Token): boolean {
  const { content, breaks, norm } = token;
  return content && !breaks && norm.length > 2 && !/^\d/.test(norm) && keyOf(token) === undefined;
}

/** Who stands as doer of the deed, for each time that it stands between the two ("bought by" turns it). */
function orders({ tokens }: GuardText, deed: string, a: string, b: string): Set<string> {
  const found = new Set<string>();
  tokens.forEach(({ stem }, at) => {
    if (stem !== deed) return;
    const before = nearest(tokens, at, -1, a, b);
    const after = nearest(tokens, at, 1, a, b);
    if (!before || !after || before === after) return;
    const passive = tokens.slice(at + 1, at + 4).some(({ norm }) => norm === 'by');
    found.add(passive ? after : before);
  });
  return found;
}

/** A deed that the evidence tells of somebody else. */
function otherDoer(claim: GuardText, evidence: GuardText): string | undefined {
  const known = doersOf(evidence);
  for (const [deed, doers] of doersOf(claim)) {
    const others = known.get(deed);
    if (!others || doers.some((doer) => others.some((other) => [...doer].some((key) => other.has(key)))))
      continue;
    const [doer] = doers.flatMap((keys) => [...keys]);
    if (
      doer &&
      evidence.tokens.some((token) => keyOf(token) === doer) &&
      !standsBefore(evidence, doer, deed)
    ) {
      return `The cited words say this of “${[...(others[0] ?? [])].map((key) => key.slice(1)).join(' ')}”.`;
    }
  }
  return undefined;
}

function standsBefore({ tokens }: GuardText, key: string, deed: string): boolean {
  return tokens.some(
    ({ stem }, at) =>
      stem === deed && tokens.slice(Math.max(0, at - REACH), at).some((token) => keyOf(token) === key),
  );
}

/** For each deed the names that stand as its doer: before it, or behind "by". */
function doersOf({ tokens }: GuardText): Map<string, ReadonlySet<string>[]> {
  const doers = new Map<string, ReadonlySet<string>[]>();
  for (let at = 0; at < tokens.length; at++) {
    const run = new Set<string>();
    const start = at;
    for (; at < tokens.length && isNamed(tokens[at]) && (at === start || !tokens[at]?.breaks); at++) {
      run.add(keyOf(tokens[at]) ?? '');
    }
    if (run.size === 0) continue;
    const passive = tokens.slice(Math.max(0, start - 2), start).some(({ norm }) => norm === 'by');
    const near = passive
      ? tokens.slice(Math.max(0, start - 4), start).toReversed()
      : tokens.slice(at, at + 3);
    const place = near.findIndex((token) => isDeed(token) || (!passive && token.breaks));
    const deed = near[place];
    const turned = !passive && tokens.slice(at + place + 1, at + place + 4).some(({ norm }) => norm === 'by');
    if (deed && isDeed(deed) && !turned) doers.set(deed.stem, [...(doers.get(deed.stem) ?? []), run]);
  }
  return doers;
}

function nearest(
  tokens: readonly Token[],
  from: number,
  step: number,
  a: string,
  b: string,
): string | undefined {
  for (let at = from + step; at >= 0 && at < tokens.length && Math.abs(at - from) <= REACH + 3; at += step) {
    const token = tokens[at];
    // Behind "and" or a comma somebody else may be the doer.
    if (step > 0 && (token?.breaks || JOINS.test(token?.norm ?? ''))) return undefined;
    const key = keyOf(token);
    if (key === a || key === b) return key;
    if (step < 0 && (token?.breaks || JOINS.test(token?.norm ?? ''))) return undefined;
  }
  return undefined;
}

/** The name or role that a token is, in one form. */
export function keyOf(token: Token | undefined): string | undefined {
  if (!token) return undefined;
  const norm = token.norm.replace(/'s?$/, '');
  if (isName(token)) return `n${norm}`;
  return isRole(norm) || ACTORS.test(norm) ? `n${norm.replace(/s$/, '')}` : undefined;
}

function isNamed(token: Token | undefined): boolean {
  return token !== undefined && isName(token);
}
