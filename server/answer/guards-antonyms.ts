import type { Guard, GuardText } from './guard-text.ts';
import { isNegator } from './guards-polarity.ts';

/** Pairs of opposites, forms of a side parted by "/". */
const PAIRS = (
  'before:after increase/increases/increased/raise/raises/rise:decrease/decreases/decreased/reduce/reduces/reduced/lower/lowers/drop/drops ' +
  'internal/internally:external/externally/outside standard:flexible/special strict/rigid:flexible required/requires/require/mandatory/compulsory:optional/voluntary ' +
  'allow/allows/allowed/permitted/permit:forbid/forbidden/prohibit/prohibited/prohibits/banned include/includes/included/including:exclude/excludes/excluded/excluding ' +
  'minimum:maximum earlier:later earliest:latest more:fewer/less above:below over:under start/starts/begin/begins/beginning:end/ends/finish/finishes ' +
  'first:last public/publicly:private/privately paid:unpaid automatic/automatically:manual/manually same:different high/higher/highest:low/lower/lowest ' +
  'accept/accepts/accepted:reject/rejects/rejected/decline approve/approves/approved/approval:deny/denies/denied enable/enables/enabled:disable/disables/disabled ' +
  'permanent:temporary/temporarily inside:outside inbound:outbound always:never/rarely everyone:nobody local/locally:remote/remotely ' +
  'personal:company earn/earns/gain/gains:forfeit/forfeits/lose/loses add/adds:remove/removes success:failure ' +
  'encouraged/encourage:discouraged/discourage/prohibited easy/easier:difficult/harder/hard fast/faster:slow/slower simple/simpler:complex ' +
  'cheap/cheaper:expensive shorter/short:longer/long encrypted:unencrypted solo:together single:multiple/several weekday/weekdays:weekend/weekends morning/mornings:afternoon/afternoons/evening/evenings ' +
  'free:paid open:closed refundable:nonrefundable directly:indirectly direct:indirect larger/larger/bigger/large/big:smaller/small/little older:newer/younger ' +
  'subject:exempt confidential/confidentially:public/publicly/openly front:back upfront:afterwards consecutive:intermittent/intermittently ' +
  'taxable/taxed:untaxed new:old/existing/former/current incoming:outgoing buy/buys/bought/purchase:sell/sells/sold open-source:proprietary closed-source:open-source ' +
  'strength/strengths:weakness/weaknesses advantage/advantages/benefit:disadvantage/disadvantages/drawback recurring:one-off common/commonly:rare/rarely/uncommon ' +
  'technical:non-technical/nontechnical eligible:ineligible billable:non-billable/nonbillable likely:unlikely safe:unsafe formal/formally:informal/informally ' +
  'better:worse best:worst many:few broad/broader:narrow/narrower upper:lower left:right top:bottom backward/backwards:forward/forwards fixed:variable ' +
  'employer:employee/employees hosted:self-hosted'
)
  .split(' ')
  .map((pair) => pair.split(':').map((side) => side.split('/')));
const PREFIXES = ['un', 'non', 'in', 'im', 'ir', 'dis'];

/** A word of the claim whose opposite stands in its place in the evidence. */
export const guardAntonyms: Guard = ({ claim, evidence, context }) => {
  for (const [left = [], right = []] of PAIRS) {
    for (const [said, opposite] of [
      [left, right],
      [right, left],
    ]) {
      const swapped = said && opposite && swappedIn(claim, evidence, context, said, opposite);
      if (swapped) return `The cited words say “${swapped.shown}” where this says “${swapped.said}”.`;
    }
  }
  return wrongPrefix(claim, evidence);
};

function swappedIn(
  claim: GuardText,
  evidence: GuardText,
  context: GuardText,
  said: readonly string[],
  opposite: readonly string[],
): { readonly said: string; readonly shown: string } | undefined {
  const word = claim.norms.find((norm, at) => said.includes(norm) && !isNegated(claim, at));
  const shown = evidence.norms.find((norm, at) => opposite.includes(norm) && !isNegated(evidence, at));
  if (word === undefined || shown === undefined) return undefined;
  if (!evidence.norms.some((norm) => said.includes(norm))) {
    if (
      context.norms.some((norm) => said.includes(norm)) ||
      claim.norms.some((norm) => opposite.includes(norm))
    ) {
      return undefined;
    }
    return sharesNeighbour(claim, evidence, said, opposite) ? { said: word, shown } : undefined;
  }
  const kept = likeness(claim, evidence, said, said);
  const turned = likeness(claim, evidence, said, opposite);
  return turned >= 2 && turned > kept + 1 ? { said: word, shown } : undefined;
}

/** "Not required" isn't the opposite of "optional". */
function isNegated({ tokens }: GuardText, at: number): boolean {
  return tokens.slice(Math.max(0, at - 3), at).some(isNegator);
}

const REACH = 4;

/** Content words around the first word of a group, within its reach. */
function around({ tokens }: GuardText, group: readonly string[]): Set<string>[] {
  return tokens.flatMap(({ norm }, at) =>
    group.includes(norm)
      ? [
          new Set(
            tokens
              .slice(Math.max(0, at - REACH), at + REACH + 1)
              .filter((token) => token.norm !== norm && (token.content || /^\d/.test(token.norm)))
              .map(({ stem }) => stem),
          ),
        ]
      : [],
  );
}

function likeness(
  claim: GuardText,
  evidence: GuardText,
  said: readonly string[],
  shown: readonly string[],
): number {
  const there = around(evidence, shown);
  return Math.max(
    0,
    ...around(claim, said).flatMap((mine) =>
      there.map((other) => [...mine].filter((stem) => other.has(stem)).length),
    ),
  );
}

function sharesNeighbour(
  claim: GuardText,
  evidence: GuardText,
  said: readonly string[],
  shown: readonly string[],
): boolean {
  return likeness(claim, evidence, said, shown) > 0;
}

/** "paid" for "unpaid" and the like, where the other form isn't in the evidence too. */
function wrongPrefix(claim: GuardText, evidence: GuardText): string | undefined {
  for (const [at, norm] of claim.norms.entries()) {
    if (norm.length < 4 || evidence.norms.includes(norm)) continue;
    const place = evidence.norms.findIndex(
      (shown) =>
        shown.length > 3 && PREFIXES.some((prefix) => shown === prefix + norm || norm === prefix + shown),
    );
    if (place < 0 || isNegated(claim, at) !== isNegated(evidence, place)) continue;
    return `The cited words say “${evidence.norms[place]}” where this says “${norm}”.`;
  }
  return undefined;
}
