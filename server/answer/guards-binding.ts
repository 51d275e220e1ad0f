import type { Guard, GuardText, Token } from './guard-text.ts';
import { keyOf } from './guards-deeds.ts';

/** A name, role or number with the words bound to it. */
type Anchor = {
  readonly key: string;
  readonly shown: string;
  readonly at: number;
  readonly near: ReadonlySet<string>;
};

const REACH = 7;

/** Names, roles and numbers that are all in the evidence must be bound to the same words as there. */
export const guardBinding: Guard = ({ claim, evidence }) => {
  const mine = anchorsOf(claim);
  const theirs = anchorsOf(evidence);
  return swappedPair(mine, theirs) ?? borrowed(mine, theirs);
};

/** Two anchors of the claim whose words are exchanged in the evidence. */
function swappedPair(mine: readonly Anchor[], theirs: readonly Anchor[]): string | undefined {
  for (const a of mine) {
    for (const b of mine) {
      if (b.at <= a.at || a.key === b.key || a.key[0] !== b.key[0]) continue;
      const onlyA = minus(a.near, b.near);
      const onlyB = minus(b.near, a.near);
      const straight = overlap(onlyA, theirs, a.key) + overlap(onlyB, theirs, b.key);
      const crossed = overlap(onlyA, theirs, b.key) + overlap(onlyB, theirs, a.key);
      if (overlap(onlyA, theirs, b.key) > 0 && overlap(onlyB, theirs, a.key) > 0 && crossed > straight) {
        return `The cited words don't bind “${a.shown}” and “${b.shown}” this way round.`;
      }
    }
  }
  return undefined;
}

/** An anchor of the claim that stands by words which the evidence binds to another one of its kind. */
function borrowed(mine: readonly Anchor[], theirs: readonly Anchor[]): string | undefined {
  const keys = new Set(mine.map(({ key }) => key));
  for (const anchor of mine) {
    const own = overlap(anchor.near, theirs, anchor.key);
    const rivals = theirs.filter(({ key }) => !keys.has(key) && key[0] === anchor.key[0] && key[0] === '#');
    const rival = rivals.find(({ key }) => overlap(anchor.near, theirs, key) >= own + 2 && own === 0);
    if (rival && theirs.some(({ key }) => key === anchor.key)) {
      return `The cited words say this of “${rival.shown}”, not of “${anchor.shown}”.`;
    }
  }
  return undefined;
}

function anchorsOf(text: GuardText): Anchor[] {
  const { tokens, quantities } = text;
  const numbers = new Map(quantities.map((quantity) => [quantity.from, quantity]));
  const places = tokens.flatMap((token, at) => (numbers.has(at) || keyOf(token) ? [at] : []));
  return places.map((at) => {
    const quantity = numbers.get(at);
    const before = places.filter((place) => place < at).at(-1) ?? -1;
    const after = places.find((place) => place > at) ?? tokens.length;
    const key = quantity ? `# ${quantity.dimension} ${quantity.value}` : (keyOf(tokens[at]) ?? '');
    const end = quantity ? Math.max(quantity.to, at + 1) : at + 1;
    return {
      key,
      shown: quantity?.raw ?? tokens[at]?.surface ?? '',
      at,
      near: wordsBetween(tokens, at, end, before, after),
    };
  });
}

/** Content words of the same clause on either side, up to the next anchor. */
function wordsBetween(
  tokens: readonly Token[],
  at: number,
  end: number,
  before: number,
  after: number,
): Set<string> {
  const near = new Set<string>();
  for (let place = at - 1; place > Math.max(before, at - REACH); place--) {
    if (tokens[place]?.content) near.add(tokens[place]?.stem ?? '');
    if (tokens[place]?.breaks) break;
  }
  if (tokens[at]?.breaks) near.clear();
  for (let place = end; place < Math.min(after, end + REACH); place++) {
    if (tokens[place]?.breaks) break;
    if (tokens[place]?.content) near.add(tokens[place]?.stem ?? '');
  }
  return near;
}

function minus(a: ReadonlySet<string>, b: ReadonlySet<string>): Set<string> {
  return new Set([...a].filter((stem) => !b.has(stem)));
}

function overlap(words: ReadonlySet<string>, anchors: readonly Anchor[], key: string): number {
  return Math.max(
    0,
    ...anchors
      .filter((anchor) => anchor.key === key)
      .map(({ near }) => [...words].filter((stem) => near.has(stem)).length),
  );
}
