import type { GapRow, SeenSection } from './gap-store.ts';

/** A question in one wording, with all that was recorded of it. */
export type AskedQuestion = {
  readonly question: string;
  readonly unanswered: number;
  readonly ratedDown: number;
  readonly why: readonly string[];
  /** Of the newest record. */
  readonly score: number;
  readonly time: number;
  readonly nearest: readonly SeenSection[];
};

/** Questions that mean much the same; the first wording was asked most. */
export type Group = readonly [AskedQuestion, ...AskedQuestion[]];

/** The rows (newest first) of each wording together, whatever its case and spaces; the most asked first. */
export function byWording(rows: readonly GapRow[]): AskedQuestion[] {
  const rowsOf = new Map<string, [GapRow, ...GapRow[]]>();
  for (const row of rows) {
    const key = row.question.toLowerCase().replace(/\s+/g, ' ').trim();
    const same = rowsOf.get(key);
    if (same) same.push(row);
    else rowsOf.set(key, [row]);
  }
  const asked = [...rowsOf.values()].map((same): AskedQuestion => {
    const [{ question, score, time, nearest }] = same;
    const ratedDown = same.filter(({ kind }) => kind === 'rated-down').length;
    const why = same.flatMap((row) => row.why ?? []);
    return { question, unanswered: same.length - ratedDown, ratedDown, why, score, time, nearest };
  });
  return asked.sort((a, b) => timesOf(b) - timesOf(a) || b.time - a.time);
}

/** Each question joins the first group whose first question it is alike; else it begins one. */
export function groupAlike(
  asked: readonly AskedQuestion[],
  areAlike: (a: AskedQuestion, b: AskedQuestion) => boolean,
): Group[] {
  const groups: [AskedQuestion, ...AskedQuestion[]][] = [];
  for (const question of asked) {
    const group = groups.find(([first]) => areAlike(first, question));
    if (group) group.push(question);
    else groups.push([question]);
  }
  return groups;
}

/** How often a question was left open. */
export function timesOf({ unanswered, ratedDown }: Pick<AskedQuestion, 'unanswered' | 'ratedDown'>): number {
  return unanswered + ratedDown;
}
