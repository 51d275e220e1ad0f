import type { Guard, GuardText } from './guard-text.ts';
import { says } from './guard-text.ts';
import { isNegator } from './guards-polarity.ts';

const WORDS = (list: string): RegExp => new RegExp(`(?:^| )(?:${list})(?= |$)`);

const ALL = WORDS(
  'all|always|every|everyone|everybody|everything|anyone|anybody|any|anything|anytime|each|entire|entirely|whole|fully|complete|completely|both|whatever|whoever|regardless|no matter|never|throughout|without exception|ever|none|nobody|no one|universal\\w*',
);
const ALL_CLAIMED = WORDS(
  'all|always|every|everyone|everybody|anyone|anybody|any|entire|entirely|completely|fully|never|without exception|no one|nobody|at any time|anytime|universally',
);
const PACE =
  /\b(?:each|every) (?:\w+ )?(?:seconds?|minutes?|hours?|days?|weeks?|months?|quarters?|years?|time|pay|monday|tuesday|wednesday|thursday|friday|\d+|two|three|four|five|six|second|third|other)\b|\bat all\b|\ball at once\b|\bif any\b|\ball you can eat\b/g;
const MUST = WORDS(
  'must|shall|required|requires?|requirement|mandatory|have to|has to|need to|needs to|obligat\\w+|necessary|compulsory|cannot|need|needs|responsib\\w+|always',
);
const SHOULD = WORDS(
  'should|ought|recommend\\w*|encourag\\w+|expected|advis\\w+|suggest\\w*|ideal\\w*|try|preferr?ed|good idea|important|please|meant',
);
const MAY = WORDS(
  'may|might|could|can|optional\\w*|allow(?:s|ed)?|able|eligible|entitled|option|permit\\w*|free to|choose|voluntar\\w+|possible|welcome|up to you',
);
const FREE = WORDS('may|optional\\w*|can choose|voluntar\\w+|free to|recommend\\w*|encourag\\w+');
const HEDGE = WORDS(
  'may|might|could|usually|typically|generally|normally|often|sometimes|tend(?:s)?|likely|probably|possib\\w+|some|most|many|several|commonly|mostly|mainly|largely|almost|nearly|about|roughly|around|approximately|in most cases|can|majority|frequent\\w*|expected|estimated|should|up to|depend\\w*|varies|vary|few|optional\\w*|potential\\w*|occasional\\w*|believed|suggest\\w*|appear\\w*|seem\\w*|plan\\w*|hop(?:e|ing)',
);
const ONLY = WORDS('only|solely|exclusively|nothing but|no other|sole');
const ONLY_SHOWN =
  /(?:^| )(?:only|solely|exclusively|just|alone|sole|limited|unless|except|without|until|must|required|restricted|none|not|no|cannot|never|single|\w+n't)(?= |$)/;
const OVERREACH =
  /^(?:guarante\w+|perfect\w*|impossible|certain|certainly|definite\w*|proven|unlimited|instant\w*|immediate\w*|automatic\w*|unique\w*|unconditional\w*|permanent\w*|forever|indefinite\w*|mandatory|ideal|essential|crucial|invariably|absolute\w*|undoubtedly|obvious\w*|revolutionary|seamless\w*|effortless\w*|eliminat\w+|unmatched|unrivall?ed|leading|foremost|superior|exclusive\w*)$/;
const SUPERLATIVE =
  /^(?:best|worst|largest|biggest|fastest|cheapest|highest|lowest|longest|shortest|safest|easiest|strongest|oldest|newest|greatest|smallest|strictest|simplest|richest|finest|quickest|top)$/;
const NEAR: readonly (readonly [RegExp, RegExp])[] = [
  [
    /^immediate|^instant/,
    /\b(?:immediate\w*|instant\w*|right away|as soon as|promptly|at once|straight away|quickly|same day)\b/,
  ],
  [/^automatic/, /\b(?:automat\w+|auto|by itself|itself|default)\b/],
  [/^unlimited/, /\b(?:unlimited|no (?:maximum|limit|cap)|not limited|as much)\b/],
  [/^mandatory/, /\b(?:mandatory|must|required?|have to|shall|requirement)\b/],
  [
    /^essential|^crucial/,
    /\b(?:essential|crucial|critical|important|vital|key|must|need\w*|central|fundamental)\b/,
  ],
  [/^ideal/, /\b(?:ideal\w*|best|should|prefer\w*)\b/],
  [/^exclusive/, /\b(?:exclusive\w*|only|sole\w*)\b/],
  [
    /^permanent|^forever|^indefinite/,
    /\b(?:permanent\w*|forever|never|for life|indefinite\w*|no (?:end|expir\w+))\b/,
  ],
  [/^certain/, /\b(?:certain\w*|some|specific|particular|sure|definite)\b/],
  [/^eliminat/, /\b(?:eliminat\w+|remov\w+|no|without|never|end(?:s|ed)?|close[sd]?)\b/],
  [/^impossible/, /\b(?:impossible|cannot|can't|not|unable)\b/],
  [/^top/, /\b(?:top|highest|first|main|above)\b/],
  [/^superior/, /\b(?:superior|better|best)\b/],
];

/** Quantifiers and modality must agree: the claim may not say more, more surely or more strictly than the evidence. */
export const guardModality: Guard = (input) =>
  overreach(input) ?? wrongScope(input) ?? wrongForce(input) ?? lostHedge(input);

const overreach: Guard = ({ claim, evidence, context }) => {
  const shown = evidence.norms.join(' ');
  const word = claim.tokens.find(({ norm, stem }) => {
    if (!OVERREACH.test(norm) && !SUPERLATIVE.test(norm)) return false;
    if (evidence.stems.has(stem) || context.stems.has(stem)) return false;
    return !NEAR.some(([said, near]) => said.test(norm) && near.test(shown));
  });
  return word && `“${word.norm}” is more than the cited words say.`;
};

const wrongScope: Guard = ({ claim, evidence }) => {
  const line = claim.norms.join(' ').replace(PACE, ' ');
  const all = ALL_CLAIMED.exec(line)?.[0].trim();
  const shown = evidence.norms.join(' ').replace(PACE, ' ');
  // "No one" is universal too, but bears out a denial only.
  const known = claim.tokens.some(isNegator)
    ? shown
    : shown.replace(/\b(?:no one|nobody|none|never)\b/g, ' ');
  if (all && !ALL.test(known)) return `“${all}” is more than the cited words say.`;
  const only = ONLY.exec(line.replace(/\bnot (?:only|just)\b/g, ' '))?.[0].trim();
  if (only && !ONLY_SHOWN.test(evidence.norms.join(' ')))
    return `“${only}” is more than the cited words say.`;
  if (
    WORDS('most|majority').test(line.replace(/\bat most\b|\bmost \w+(?:ed|ing|ant|ful|ive|able|al)\b/g, ' '))
  ) {
    const most = WORDS(
      'most|mostly|majority|usually|typically|generally|normally|commonly|nearly all|almost all|all|every',
    );
    if (!says(evidence, most)) return '“most” is more than the cited words say.';
  }
  return undefined;
};

/** "Not required" demands nothing. */
const NOT_BOUND =
  /\b(?:not|never|no|without|\w+n't) (?:\w+ )?(?:must|required?|requires|need|needed|have to|has to|mandatory|necessary|requirement|obligat\w+)\b/g;

const wrongForce: Guard = ({ claim, evidence }) => {
  const said = claim.norms.join(' ').replace(NOT_BOUND, ' optional ');
  const shown = evidence.norms.join(' ').replace(NOT_BOUND, ' optional ');
  const bound = MUST.test(shown);
  const must = MUST.test(said);
  if (must && !bound && (MAY.test(shown) || SHOULD.test(shown)) && !isCommand(evidence)) {
    return "The cited words allow or advise this but don't demand it.";
  }
  if (SHOULD.test(said) && !bound && !SHOULD.test(shown) && MAY.test(shown)) {
    return "The cited words allow this but don't advise it.";
  }
  if (FREE.test(said) && bound && !MAY.test(shown) && !SHOULD.test(shown) && !must) {
    return "The cited words demand this; they don't leave it open.";
  }
  return undefined;
};

/** Written as an instruction, which a "must" restates. */
function isCommand({ tokens }: GuardText): boolean {
  return tokens.some(
    ({ opens, norm }) =>
      opens &&
      /^(?:use|send|email|include|contact|follow|keep|ask|submit|enter|check|add|report|make|do|please|call|go|take|provide|open|click|select|choose|write|wait)$/.test(
        norm,
      ),
  );
}

/** "Usually" and "may" can't become a plain fact. */
const lostHedge: Guard = ({ claim, sentences }) => {
  if (says(claim, HEDGE)) return undefined;
  for (const { tokens } of sentences) {
    const lost = tokens.findIndex(({ norm }, at) => {
      if (!/^(?:may|might|usually|typically|generally|often|sometimes|probably|likely|normally)$/.test(norm))
        return false;
      const near = tokens
        .slice(at + 1, at + 7)
        .filter(({ content, breaks }, place) => content && (place === 0 || !breaks));
      const shared = near.slice(0, 3).filter(({ stem }) => claim.content.has(stem)).length;
      return shared > 0 && shared * 2 >= Math.min(3, near.length);
    });
    if (lost >= 0) return `The cited words say “${tokens[lost]?.norm}”; this says it as a plain fact.`;
  }
  return undefined;
};
