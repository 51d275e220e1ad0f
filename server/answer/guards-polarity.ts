import { type Guard, type GuardText, says, type Token } from './guard-text.ts';

const NEGATORS = new Set(
  'not no never none nobody nothing neither nor cannot without unless except excluding nowhere hardly'.split(
    ' ',
  ),
);
/** Words that deny or narrow without a "not": near the word in question they may stand for one. */
const DENYING =
  /^(?:only|solely|exclusively|limit\w*|max\w*|cap|capped|most|fail\w*|lack\w*|absen\w+|prohibit\w*|forbid\w*|forbidden|ban|banned|bans|illegal|unlawful|refus\w+|den(?:y|ies|ied)|reject\w*|exclu\w+|exempt\w*|avoid\w*|prevent\w*|stops?|stopped|block\w*|optional\w*|voluntar\w+|expir\w+|forfeit\w*|los(?:e|es|t|ing|s)|miss(?:es|ed|ing)?|instead|rather|but|separate\w*|waiv\w*|withh\w+|until|free|zero|unable|unaware|un(?:paid|available|affected|changed|limited|authori[sz]ed|likely|necessary|supported|acceptable|reimbursed|encrypted)|dis(?:allow|abl|continu|courag|regard)\w*|in(?:eligible|complete|accurate|consistent|frequent|formal)|im(?:possible|proper)|ir(?:relevant|regular)|non\w*|different\w*|independent\w*|outside|beyond|despite|regardless|few|fewer|less|refrain\w*|oppos\w+|contrary|unlike|skip\w*)$/;
/** Words of the evidence's own that excuse a "not" of the claim, wherever they stand in its sentence. */
const STRONG_DENIAL =
  /^(?:only|solely|exclusively|limited|max\w*|fail\w*|lack\w*|absen\w+|prohibit\w*|forbid\w*|forbidden|banned|illegal|unlawful|refus\w+|den(?:y|ies|ied)|reject\w*|exclu\w+|exempt\w*|avoid\w*|prevent\w*|block\w*|optional\w*|voluntar\w+|expir\w+|forfeit\w*|los(?:e|es|t)|miss(?:es|ed|ing)?|instead|rather|separate\w*|waiv\w*|withh\w+|until|free|zero|unable|up|most|least|unpaid|un(?:available|limited|authori[sz]ed)|inactive|ineligible|impossible|non\w{4,}|outside|beyond|regardless|fewer|less|discourag\w+|refrain\w*|dry|empty|must)$/;
const SCOPE_ENDS = new Set(
  'but because which who that if when where so although though while until as and or than'.split(' '),
);
const LIGHT = new Set(
  'be been being is are was were do does did have has had get gets will would can could may might shall should must need needs ever even yet just really necessarily simply also very much automatically matter mark marked considered one'.split(
    ' ',
  ),
);

const CONTRAST = /\b(?:but|only|except|instead|rather|whereas|while)\b/;
const CONDITION = /^(?:if|when|whether|once|unless)$/;

type Scope = {
  readonly head: string;
  readonly all: readonly string[];
  /** "If you don't ...": denies nothing by itself. */
  readonly conditional: boolean;
};

/** Negation must agree: what one side denies, the other may not affirm. */
export const guardPolarity: Guard = ({ claim, evidence, sentences }) => {
  const claimed = scopesOf(claim);
  const shown = scopesOf(evidence);
  if (
    claimed.length > 0 &&
    shown.length === 0 &&
    !evidence.tokens.some(({ norm }) => STRONG_DENIAL.test(norm))
  ) {
    return 'The cited words have no such “not”.';
  }
  const denied = stemsIn(claimed);
  const deniedThere = stemsIn(shown);
  for (const { head, all } of claimed) {
    const rest = all.filter((stem) => stem !== head && evidence.content.has(stem));
    if (rest.some((stem) => deniedThere.has(stem)) || !evidence.content.has(head)) continue;
    if (deniedThere.has(head)) {
      if (rest.length > 0 && says(evidence, CONTRAST)) return 'The cited words deny something else.';
      continue;
    }
    if (!sentences.some((sentence) => deniesNear(sentence, head)))
      return 'The cited words affirm what this denies.';
  }
  const twice = sentences.some(isDoubleNegative) && claimed.length === 0;
  if (
    claimed.length === 0 &&
    !twice &&
    (sentences.every((sentence) => isDenial(sentence, claim)) || sentences.some(isNegativeLeadIn)) &&
    !claim.tokens.some(({ norm }) => DENYING.test(norm))
  ) {
    return 'The cited words deny something; this denies nothing.';
  }
  const asks = claim.tokens.some(({ norm }) => CONDITION.test(norm));
  for (const { head, all } of twice ? [] : shown.filter(({ conditional }) => !conditional || asks)) {
    const spoken = all.filter((stem) => claim.content.has(stem));
    const affirmed = spoken.filter((stem) => !denied.has(stem) && !deniesNear(claim, stem));
    const headAffirmed = affirmed.includes(head) && !affirmedIn(evidence, shown, head);
    const mostAffirmed = !claim.content.has(head) && affirmed.length * 2 > all.length && claimed.length === 0;
    if (headAffirmed || mostAffirmed) return 'The cited words deny what this affirms.';
  }
  return undefined;
};

export function isNegator({ norm }: Pick<Token, 'norm'>): boolean {
  return NEGATORS.has(norm) || /n't$/.test(norm);
}

/** "You must not:", which holds for all that follows. */
function isNegativeLeadIn(sentence: GuardText): boolean {
  return sentence.text.trimEnd().endsWith(':') && sentence.tokens.some(isNegator);
}

/** The clause of the sentence that is nearest to the claim denies something. */
function isDenial(sentence: GuardText, claim: GuardText): boolean {
  const { tokens } = sentence;
  let best = { shared: -1, denies: false };
  let clause = { shared: 0, denies: false };
  tokens.forEach((token, at) => {
    if (at > 0 && (token.breaks || /^(?:and|but|while|whereas)$/.test(token.norm))) {
      if (clause.shared > best.shared) best = clause;
      clause = { shared: 0, denies: false };
    }
    if (token.content && claim.content.has(token.stem)) clause.shared++;
    const conditional = tokens.slice(Math.max(0, at - 4), at).some(({ norm }) => CONDITION.test(norm));
    if (isNegator(token) && !conditional) clause.denies = true;
  });
  return (clause.shared > best.shared ? clause : best).denies;
}

/** "Can't be closed without a note" affirms the note. */
function isDoubleNegative({ norms }: GuardText): boolean {
  return /\b(?:not|cannot|never|no|\w+n't) .*\b(?:without|unless|until|except)\b/.test(norms.join(' '));
}

/** For each negator the content words it bears on: the first, and all up to the end of its clause. */
function scopesOf({ tokens }: GuardText): Scope[] {
  return tokens.flatMap((token, at) => {
    const next = tokens[at + 1]?.norm ?? '';
    const replaced = /^(?:instead|rather)$/.test(token.norm) && /^(?:of|than)$/.test(next);
    if (!replaced && (!isNegator(token) || (token.norm === 'not' && /^(?:only|just|even)$/.test(next))))
      return [];
    if (token.norm === 'no' && next === 'matter') return [];
    const all: string[] = [];
    for (let place = at + 1; place < tokens.length && all.length < 6; place++) {
      const other = tokens[place];
      if (!other || (other.breaks && place > at + 1) || (all.length > 0 && SCOPE_ENDS.has(other.norm))) break;
      if (other.content && !LIGHT.has(other.norm) && !isNegator(other)) all.push(other.stem);
    }
    const [head] = all;
    const conditional = tokens.slice(Math.max(0, at - 4), at).some(({ norm }) => CONDITION.test(norm));
    return head === undefined ? [] : [{ head, all, conditional }];
  });
}

function stemsIn(scopes: readonly Scope[]): Set<string> {
  return new Set(scopes.flatMap(({ all }) => all));
}

const REACH = 4;

/** A negator or denying word other than the stem itself stands near each place of the stem, in its clause. */
function deniesNear({ tokens }: GuardText, stem: string): boolean {
  return tokens.some((token, at) => {
    if (token.stem !== stem) return false;
    const before = tokens.slice(Math.max(0, at - REACH), at);
    const cut = before.findLastIndex(({ breaks }) => breaks);
    const ahead = tokens.slice(at + 1, at + 1 + REACH);
    const end = ahead.findIndex(({ breaks }) => breaks);
    const behind = token.breaks ? [] : before.slice(Math.max(0, cut));
    const denying = (other: Token): boolean => DENYING.test(other.norm) && other.stem !== stem;
    return (
      behind.some((other) => isNegator(other) || denying(other)) ||
      ahead.slice(0, end < 0 ? REACH : end).some(denying)
    );
  });
}

/** The stem also stands outside all scopes of negation. */
function affirmedIn(text: GuardText, scopes: readonly Scope[], stem: string): boolean {
  const inside = scopes.filter(({ all }) => all.includes(stem)).length;
  return text.tokens.filter((token) => token.stem === stem).length > inside;
}
