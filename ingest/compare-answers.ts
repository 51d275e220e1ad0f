import type { GoldenQuestion } from './read-questions.ts';

/** A section that an answer quotes, and what it quotes of it. */
export type QuotedSection = { readonly path: string; readonly anchor: string; readonly text: string };

/** The sections that an answer quotes, in order, none where it abstains; `isNear`: shown as what comes nearest only. */
export type QuotedAnswer = { readonly quoted: readonly QuotedSection[]; readonly isNear: boolean };

/** What one version of the index says to the golden questions; `sections` are all there are, as `path#anchor`. */
export type Standing = {
  readonly answers: ReadonlyMap<string, QuotedAnswer>;
  readonly sections: ReadonlySet<string>;
};

/** What a change of the docs did to a question. `from` and `to` are `path#anchor`. */
export type AnswerChange = {
  readonly question: string;
  readonly kind: 'unanswerable' | 'lost_section' | 'other_section' | 'other_text';
  readonly from: string;
  readonly to?: string;
};

/**
 * The golden questions that fare otherwise than before; the gravest change of each. Pure. What is compared are the
 * sections that a question names as far as they were quoted: whether they are still there, still quoted, and still by
 * the same words. For a question that names none of those quoted, it is the whole answer.
 */
export function compareAnswers(
  questions: readonly GoldenQuestion[],
  before: Standing,
  after: Standing,
): AnswerChange[] {
  return questions.flatMap(({ question, sections }): AnswerChange[] => {
    const { quoted: was, isNear: wasNear } = before.answers.get(question) ?? SILENCE;
    const { quoted: is, isNear } = after.answers.get(question) ?? SILENCE;
    const change = (kind: AnswerChange['kind'], from: string, to?: QuotedSection) => [
      { question, kind, from, ...(to && { to: nameOf(to) }) },
    ];
    const named = sections.map(nameOf);
    const quotedBefore = new Set(was.map(nameOf));
    const textNow = new Map(is.map((section) => [nameOf(section), section.text]));
    const fresh = is.find((section) => !quotedBefore.has(nameOf(section))) ?? is[0];
    const cited = was.filter((section) => named.includes(nameOf(section)));
    const compared = cited.length > 0 ? cited : was;
    const [first] = was;
    if (first && (is.length === 0 || (isNear && !wasNear)))
      return change('unanswerable', nameOf(first), is[0]);
    const lost = [...named, ...compared.map(nameOf)].find(
      (name) => before.sections.has(name) && !after.sections.has(name),
    );
    if (lost !== undefined) return change('lost_section', lost, fresh);
    if (!first) return [];
    const outdone = compared.find((section) => !textNow.has(nameOf(section)));
    if (outdone) return change('other_section', nameOf(outdone), fresh);
    if (cited.length === 0 && is.length > was.length) return change('other_section', nameOf(first), fresh);
    const changed = compared.find((section) => textNow.get(nameOf(section)) !== section.text);
    return changed ? change('other_text', nameOf(changed), changed) : [];
  });
}

const SILENCE: QuotedAnswer = { quoted: [], isNear: false };

/** The report, a line for each question that changed. */
export function changeLines(changes: readonly AnswerChange[], asked: number): string[] {
  const words: Readonly<Record<AnswerChange['kind'], (change: AnswerChange) => string>> = {
    unanswerable: ({ from, to }) =>
      `is not answered any more${to ? `, ${to} only comes near` : ''} (before: ${from})`,
    lost_section: ({ from, to }) => `lost ${from}${to ? `; quoted now: ${to}` : ''}`,
    other_section: ({ from, to }) => `is answered from ${to}; before: ${from}`,
    other_text: ({ from }) => `is answered by other words of ${from}`,
  };
  return [
    `  questions ${asked}: ${changes.length} fare otherwise than before`,
    ...changes.map((change) => `    ${change.question} ${words[change.kind](change)}`),
  ];
}

function nameOf({ path, anchor }: { readonly path: string; readonly anchor: string }): string {
  return `${path}#${anchor}`;
}
