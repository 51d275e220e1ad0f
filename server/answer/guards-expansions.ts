import type { Guard, GuardText } from './guard-text.ts';
import { isAcronym } from './guards-names.ts';

const SMALL = new Set('a an and at by for from in of on or the to with'.split(' '));

type Expansion = { readonly acronym: string; readonly words: readonly string[] };

/** What the claim says an acronym stands for must stand in the evidence in these very words. */
export const guardExpansions: Guard = ({ claim, evidence, context }) => {
  const line = ` ${[...evidence.norms, '/', ...context.norms].map(singular).join(' ')} `;
  const bare = ` ${line
    .split(' ')
    .filter((word) => !SMALL.has(word))
    .join(' ')} `;
  const made = expansionsIn(claim, acronymsOf(claim, evidence, context)).find(({ words }) => {
    const content = words.filter((word) => !SMALL.has(word));
    return !line.includes(` ${words.join(' ')} `) && !bare.includes(` ${content.join(' ')} `);
  });
  return (
    made &&
    `The cited words don't say that ${made.acronym.toUpperCase()} stands for “${made.words.join(' ')}”.`
  );
};

function acronymsOf(...texts: readonly GuardText[]): Set<string> {
  const found = texts.flatMap(({ tokens }) => tokens.filter(({ surface }) => isAcronym(surface)));
  return new Set(found.map(({ norm }) => singular(norm)));
}

/** Runs of words of the claim whose first letters spell one of the acronyms, and what it says one stands for. */
function expansionsIn({ norms, tokens }: GuardText, acronyms: ReadonlySet<string>): Expansion[] {
  const found: Expansion[] = [];
  const words = norms.map(singular);
  for (const acronym of acronyms) {
    if (acronym.length < 2) continue;
    for (let at = 0; at < words.length; at++) {
      const end = spells(words, at, acronym);
      const near = end !== undefined && (acronym.length > 2 || isExplained(tokens, at, end, acronym));
      if (end !== undefined && near) found.push({ acronym, words: words.slice(at, end) });
    }
    found.push(...statedFor(tokens, words, acronym));
  }
  return found;
}

/** Index behind the words from `at` on whose initials spell the acronym; small words may be skipped. */
function spells(words: readonly string[], at: number, acronym: string): number | undefined {
  let letter = 0;
  let place = at;
  for (; letter < acronym.length; place++) {
    const word = words[place];
    if (word === undefined || word === acronym) return undefined;
    if (word[0] === acronym[letter]) letter++;
    else if (place === at || !SMALL.has(word)) return undefined;
  }
  return place;
}

/** Two letters spell too much by chance: the acronym has to stand right before or behind its words. */
function isExplained(tokens: GuardText['tokens'], at: number, end: number, acronym: string): boolean {
  return [at - 1, end].some(
    (place) => singular(tokens[place]?.norm ?? '') === acronym && tokens[Math.max(place, at)]?.breaks,
  );
}

const EXPLAINS =
  /^(?:(?:which )?(?:stand(?:s|ing)? for|(?:is |are )?short for|(?:is )?an? (?:abbreviation|acronym) (?:of|for)|expands? to|spelled out as))$/;

/** "X stands for ...": the words up to the end of the clause, whatever their letters. */
function statedFor(tokens: GuardText['tokens'], words: readonly string[], acronym: string): Expansion[] {
  return words.flatMap((word, at) => {
    const length = [1, 2, 3, 4, 5].find((count) =>
      EXPLAINS.test(
        tokens
          .slice(at + 1, at + 1 + count)
          .map(({ norm }) => norm)
          .join(' '),
      ),
    );
    if (word !== acronym || length === undefined) return [];
    const start = at + 1 + length;
    const stop = tokens.findIndex((token, place) => place > start && token.breaks);
    const rest = words.slice(start, Math.min(stop < 0 ? words.length : stop, start + acronym.length + 2));
    return rest.length > 0 ? [{ acronym, words: untilEnough(rest, acronym.length) }] : [];
  });
}

/** As many content words as the acronym has letters. */
function untilEnough(words: readonly string[], letters: number): string[] {
  let count = 0;
  const end = words.findIndex((word) => !SMALL.has(word) && ++count === letters);
  return words.slice(0, end < 0 ? words.length : end + 1);
}

function singular(norm: string): string {
  return norm.replace(/'s?$/, '').replace(/(?<=[^s])s$/, '');
}
