import type { GoldenQuestion } from './read-questions.ts';

/** The section found first for a question. `share`: how much of the question's weight in words it holds, 0..1. */
export type Best = {
  readonly path: string;
  readonly anchor: string;
  readonly hash: string;
  readonly share: number;
};

/** What one version of the index has for the golden questions; `sections` are all there are, as `path#anchor`. */
export type Standing = {
  readonly best: ReadonlyMap<string, Best | undefined>;
  readonly sections: ReadonlySet<string>;
};

/** What a change of the docs did to a question. `from` and `to` are `path#anchor`. */
export type AnswerChange = {
  readonly question: string;
  readonly kind: 'unanswerable' | 'lost_section' | 'other_section' | 'other_text';
  readonly from: string;
  readonly to?: string;
};

/** Below this share of the question's words in the best section, the docs hardly answer it. */
const ANSWERABLE = 0.5;

/** The golden questions that fare otherwise than before; the gravest change of each. Pure. */
export function compareAnswers(
  questions: readonly GoldenQuestion[],
  before: Standing,
  after: Standing,
): AnswerChange[] {
  return questions.flatMap(({ question, sections }): AnswerChange[] => {
    const [was, is] = [before.best.get(question), after.best.get(question)];
    const to = is && nameOf(is);
    const change = (kind: AnswerChange['kind'], from: string) => [
      { question, kind, from, ...(to && { to }) },
    ];
    if (was && was.share >= ANSWERABLE && !(is && is.share >= ANSWERABLE))
      return change('unanswerable', nameOf(was));
    const cited = sections.length > 0 ? sections : was ? [was] : [];
    const lost = cited.map(nameOf).find((name) => before.sections.has(name) && !after.sections.has(name));
    if (lost !== undefined) return change('lost_section', lost);
    if (!was || !is) return [];
    if (nameOf(was) !== to) return change('other_section', nameOf(was));
    return was.hash === is.hash ? [] : change('other_text', nameOf(was));
  });
}

/** The report, a line for each question that changed. */
export function changeLines(changes: readonly AnswerChange[], asked: number): string[] {
  const words: Readonly<Record<AnswerChange['kind'], (change: AnswerChange) => string>> = {
    unanswerable: ({ from }) => `is hardly answered any more (before: ${from})`,
    lost_section: ({ from, to }) => `lost ${from}${to ? `; found first now: ${to}` : ''}`,
    other_section: ({ from, to }) => `finds ${to} first instead of ${from}`,
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
