import type { GoldenQuestion } from './read-questions.ts';

/** A section that an answer may be made of. */
export type FoundSection = { readonly path: string; readonly anchor: string; readonly hash: string };

/**
 * The sections found for a question, best first, as many as an answer is mostly made of. `share`: how much of the
 * question's weight in words the likeliest of them holds, 0..1.
 */
export type Found = { readonly best: readonly FoundSection[]; readonly share: number };

/** What one version of the index has for the golden questions; `sections` are all there are, as `path#anchor`. */
export type Standing = {
  readonly found: ReadonlyMap<string, Found>;
  readonly sections: ReadonlySet<string>;
};

/** What a change of the docs did to a question. `from` and `to` are `path#anchor`. */
export type AnswerChange = {
  readonly question: string;
  readonly kind: 'unanswerable' | 'lost_section' | 'other_section' | 'other_text';
  readonly from: string;
  readonly to?: string;
};

/** Below this share of the question's words in every section found, the docs hardly answer it. */
const ANSWERABLE = 0.5;
const NOTHING: Found = { best: [], share: 0 };

/**
 * The golden questions that fare otherwise than before; the gravest change of each. Pure. What is compared are the
 * sections that a question names as far as they were found: whether they are still there, still among the best, and still
 * the same text. For a question that names none, it is the one found first.
 */
export function compareAnswers(
  questions: readonly GoldenQuestion[],
  before: Standing,
  after: Standing,
): AnswerChange[] {
  return questions.flatMap(({ question, sections }): AnswerChange[] => {
    const was = before.found.get(question) ?? NOTHING;
    const is = after.found.get(question) ?? NOTHING;
    const to = is.best[0] && nameOf(is.best[0]);
    const change = (kind: AnswerChange['kind'], from: string, found = to) => [
      { question, kind, from, ...(found && { to: found }) },
    ];
    const [first] = was.best;
    if (first && was.share >= ANSWERABLE && is.share < ANSWERABLE)
      return change('unanswerable', nameOf(first));
    const named = sections.map(nameOf);
    const cited = was.best.filter((section) => named.includes(nameOf(section)));
    const compared = cited.length > 0 ? cited : was.best.slice(0, 1);
    const lost = [...named, ...compared.map(nameOf)].find(
      (name) => before.sections.has(name) && !after.sections.has(name),
    );
    if (lost !== undefined) return change('lost_section', lost);
    const now = cited.length > 0 ? is.best : is.best.slice(0, 1);
    const stands = new Map(now.map((section) => [nameOf(section), section.hash]));
    const outdone = compared.find((section) => !stands.has(nameOf(section)));
    if (outdone && to) return change('other_section', nameOf(outdone));
    const changed = compared.find((section) => stands.get(nameOf(section)) !== section.hash);
    return changed && to ? change('other_text', nameOf(changed), nameOf(changed)) : [];
  });
}

/** The report, a line for each question that changed. */
export function changeLines(changes: readonly AnswerChange[], asked: number): string[] {
  const words: Readonly<Record<AnswerChange['kind'], (change: AnswerChange) => string>> = {
    unanswerable: ({ from }) => `is hardly answered any more (before: ${from})`,
    lost_section: ({ from, to }) => `lost ${from}${to ? `; found first now: ${to}` : ''}`,
    other_section: ({ from, to }) => `finds ${to} first; before: ${from}`,
    other_text: ({ from }) => `is answered by a changed ${from}`,
  };
  return [
    `  questions ${asked}: ${changes.length} fare otherwise than before`,
    ...changes.map((change) => `    ${change.question} ${words[change.kind](change)}`),
  ];
}

function nameOf({ path, anchor }: { readonly path: string; readonly anchor: string }): string {
  return `${path}#${anchor}`;
}
