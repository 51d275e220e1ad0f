import type { Guard, GuardText } from './guard-text.ts';

/** Share of the claim's content words that must stand in one sentence for it to count as taken over from it. */
const TAKEN_OVER = 0.75;
/** Words (stems) that restate others so often that one for another says nothing wrong. */
const LOOSE =
  /^(?:get|give|gain|receiv|offer|provid|grant|allow|us|take|make|cover|pai|pay|includ|exampl|such|amount|total|maximum|minimum|limit|cap|need|requir|must|within|everyon|peopl|person|employe|staff|team|compani|job|work|start|begin|run|last|call|nam|mean|stand|short|first|later|befor|ahead|advanc|also|apart|addition|onli|entir|whole|say|tell|ask|inform|notifi|follow|accord|current|like|besid|whether|anyon|someon|usual|typic|gener|normal|commonli|rare|seldom|sometim|often|mostli|focus|concentr|relat|concern|affect|hit|help|let|keep|put|set|see|show|done|carri|bui|bought|acquir|purchas|obtain|creat|found|establish|issu|publish|bring|hold|count|belong|one|nobodi|ani)/;

/** A sentence taken over nearly word for word in which one content word stands in place of another. */
export const guardSubstitution: Guard = ({ claim, sentences, context }) => {
  const mine = contentOf(claim);
  for (const sentence of sentences) {
    const theirs = contentOf(sentence);
    const known = new Set(theirs);
    const shared = mine.filter((stem) => known.has(stem)).length;
    if (mine.length < 4 || shared / mine.length < TAKEN_OVER) continue;
    for (const [at, word] of mine.entries()) {
      if (known.has(word) || context.content.has(word) || LOOSE.test(word)) continue;
      const other = inPlaceOf(mine, theirs, at);
      if (other === undefined || mine.includes(other) || LOOSE.test(other) || isKin(word, other)) continue;
      return `The cited words say “${surfaceOf(sentence, other)}” where this says “${surfaceOf(claim, word)}”.`;
    }
  }
  return undefined;
};

/** The word of the sentence between the same neighbours, where the ends of both count as neighbours too. */
function inPlaceOf(mine: readonly string[], theirs: readonly string[], at: number): string | undefined {
  if (at === 0) return theirs[1] === mine[1] && theirs[2] === mine[2] ? theirs[0] : undefined;
  const place = theirs.findIndex(
    (stem, index) =>
      index > 0 &&
      theirs[index - 1] === mine[at - 1] &&
      theirs[index + 1] === mine[at + 1] &&
      stem !== mine[at],
  );
  return place < 0 ? undefined : theirs[place];
}

/** Forms of one word: "reach" and "reachable", "eligible" and "ineligible" (which has a guard of its own). */
function isKin(a: string, b: string): boolean {
  return a.endsWith(b) || b.endsWith(a) || (a.length > 4 && b.length > 4 && a.slice(0, 5) === b.slice(0, 5));
}

function contentOf({ tokens, quantities }: GuardText): string[] {
  // Numbers have a guard of their own, which knows that 14 days are two weeks.
  const numbers = new Set(quantities.flatMap(({ from, to }) => [from, to - 1]));
  return tokens
    .filter(({ content, norm }, at) => content && !/\d/.test(norm) && !numbers.has(at))
    .map(({ stem }) => stem);
}

function surfaceOf({ tokens }: GuardText, stem: string): string {
  return tokens.find((token) => token.stem === stem)?.surface ?? stem;
}
