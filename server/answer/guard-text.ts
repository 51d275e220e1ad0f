import { isStopWord, terms } from '../../knowledge/terms.ts';
import { maskMarkdown, wordsOfMasked } from './plain-words.ts';
import { type Quantity, quantitiesOf } from './quantities.ts';

/** A word as the guards see it. */
export type Token = {
  readonly norm: string;
  readonly stem: string;
  /** As written. */
  readonly surface: string;
  /** Carries meaning: no stop word. */
  readonly content: boolean;
  /** First word of a sentence, item or cell, where a capital tells nothing. */
  readonly opens: boolean;
  /** A clause begins here. */
  readonly breaks: boolean;
};

export type GuardText = {
  readonly text: string;
  readonly tokens: readonly Token[];
  /** Normalised words. */
  readonly norms: readonly string[];
  readonly quantities: readonly Quantity[];
  /** Stems of all words, and of all content words. */
  readonly stems: ReadonlySet<string>;
  readonly content: ReadonlySet<string>;
};

/**
 * What the guards compare. `evidence` are the sentences that the ground stands in with their lead-ins;
 * `context` are headings, title and the words a pronoun of the evidence may stand for: names and numbers
 * may come from there, but nothing else.
 */
export type GuardCase = {
  readonly claim: GuardText;
  readonly evidence: GuardText;
  readonly sentences: readonly GuardText[];
  readonly context: GuardText;
};

/** Says why the evidence doesn't prove the claim, for the reader, or undefined when it sees nothing wrong. */
export type Guard = (input: GuardCase) => string | undefined;

/** Forms that a stemmer can't bring together. */
const IRREGULAR = new Map(
  (
    'written:write wrote:write paid:pay kept:keep sent:send given:give gave:give taken:take took:take made:make got:get ' +
    'gotten:get held:hold lost:lose bought:buy sold:sell built:build told:tell found:find chosen:choose chose:choose ' +
    'spoken:speak spoke:speak begun:begin began:begin ran:run met:meet said:say brought:bring thought:think known:know ' +
    'knew:know shown:show drawn:draw drew:draw driven:drive broken:break broke:break forgotten:forget hidden:hide seen:see ' +
    'spent:spend lent:lend meant:mean felt:feel dealt:deal learnt:learn grown:grow grew:grow fallen:fall fell:fall ' +
    'won:win worn:wear stolen:steal struck:strike sought:seek taught:teach caught:catch led:lead fed:feed sat:sit ' +
    'children:child people:person men:man women:woman criteria:criterion'
  )
    .split(' ')
    .map((pair): [string, string] => [pair.split(':')[0] ?? '', pair.split(':')[1] ?? '']),
);

const stems = new Map<string, string>();

function stemOf(norm: string): string {
  const known = stems.get(norm);
  if (known !== undefined) return known;
  const stem = terms(IRREGULAR.get(norm) ?? norm)[0] ?? norm;
  if (stems.size > 50_000) stems.clear();
  stems.set(norm, stem);
  return stem;
}

/** Reads a text for the guards. Parts are joined by line breaks, so no clause reaches from one to the next. */
export function guardText(...parts: readonly string[]): GuardText {
  const text = parts.join('\n\n');
  const masked = maskMarkdown(text);
  const words = wordsOfMasked(masked);
  const tokens = words.map(({ norm, start, end, breakBefore }, index): Token => {
    const gap = masked.slice(words[index - 1]?.end ?? 0, start);
    return {
      norm,
      stem: stemOf(norm.replace(/'s$/, '')),
      surface: text.slice(start, end),
      content: !isStopWord(norm) && norm.length > 1,
      opens: index === 0 || /[.!?:;|]|\n[ \t]*\n/.test(gap),
      breaks: index === 0 || breakBefore > 0,
    };
  });
  const norms = tokens.map(({ norm }) => norm);
  return {
    text,
    tokens,
    norms,
    quantities: quantitiesOf(norms),
    stems: new Set(tokens.map(({ stem }) => stem)),
    content: new Set(tokens.filter(({ content }) => content).map(({ stem }) => stem)),
  };
}

/** A pattern over the words of a text, which are joined by single spaces. */
export function says(text: GuardText, pattern: RegExp): boolean {
  return pattern.test(text.norms.join(' '));
}
