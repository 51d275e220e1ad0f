import type { Guard, GuardText } from './guard-text.ts';

const JOINS = new Set('and while whereas but or'.split(' '));
const LEAST_WORDS = 2;

/** Two clauses of the claim that have exchanged words of two clauses of the evidence ("sick" for "annual"). */
export const guardExchange: Guard = ({ claim, sentences }) => {
  const mine = clausesOf(claim);
  const theirs = [
    ...pairsOf(sentences.flatMap(clausesOf)),
    ...pairsOf(sentences.map(({ content }) => content)),
  ];
  for (const [a, b] of pairsOf(mine)) {
    for (const [c, d] of theirs) {
      const first = mix(minus(a, b), minus(c, d), minus(d, c));
      const second = mix(minus(b, a), minus(c, d), minus(d, c));
      if (first && second) {
        return `The cited words don't put “${first}” and “${second}” together this way.`;
      }
    }
  }
  return undefined;
};

/** Stems of content words and numbers of each clause. */
function clausesOf({ tokens }: GuardText): Set<string>[] {
  const clauses: Set<string>[] = [new Set()];
  tokens.forEach(({ breaks, norm, stem, content }, at) => {
    if (at > 0 && (breaks || JOINS.has(norm))) clauses.push(new Set());
    if (content || /^\d/.test(norm)) clauses.at(-1)?.add(stem);
  });
  return clauses.filter((clause) => clause.size >= LEAST_WORDS);
}

function pairsOf<T>(items: readonly T[]): [T, T][] {
  return items.flatMap((first, at) => items.slice(at + 1).map((second): [T, T] => [first, second]));
}

/** A word of either side when the words are taken from both, else undefined. */
function mix(
  words: ReadonlySet<string>,
  left: ReadonlySet<string>,
  right: ReadonlySet<string>,
): string | undefined {
  const fromLeft = [...words].find((stem) => left.has(stem));
  return [...words].some((stem) => right.has(stem)) ? fromLeft : undefined;
}

function minus(a: ReadonlySet<string>, b: ReadonlySet<string>): Set<string> {
  return new Set([...a].filter((stem) => !b.has(stem)));
}
