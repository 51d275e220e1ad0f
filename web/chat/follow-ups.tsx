import { useEffect, useState } from 'preact/hooks';
import type { DocumentList, SectionInfo, Source } from '../../server/events.ts';
import { useApp } from '../app-context.ts';
import { useStore } from '../store.ts';
import { texts } from '../texts.ts';
import { QuestionList } from './question-list.tsx';
import { gistOf, questionOfHeading } from './question-of-heading.ts';

const most = 3;

function questionOf({ headings, level }: SectionInfo): string | undefined {
  const heading = headings.at(-1);
  return heading && level >= 2 ? questionOfHeading(heading) : undefined;
}

/**
 * Questions that lead on from some sections: those beside them in their documents that weren't cited, or
 * the sections themselves when `own`. At most three, one from each source first, and none of those asked before.
 */
export function followUps(
  list: DocumentList,
  sources: readonly Source[],
  own: boolean,
  asked: readonly string[],
): string[] {
  const cited = new Set(sources.map(({ path, anchor }) => `${path}#${anchor}`));
  const perSource = sources.map(({ path, anchor }) => {
    const sections = list.documents.find((document) => document.path === path)?.sections ?? [];
    const at = sections.findIndex((section) => section.anchor === anchor);
    if (at < 0) return [];
    const near = own ? [sections[at]] : [sections[at + 1], sections[at - 1], sections[at + 2]];
    return near.flatMap((section) => {
      const isCited = section && cited.has(`${path}#${section.anchor}`);
      const question = section && (own || !isCited) ? questionOf(section) : undefined;
      return question ? [question] : [];
    });
  });
  const rounds = [0, 1, 2].flatMap((round) => perSource.flatMap((questions) => questions[round] ?? []));
  const known = new Set(asked.map(gistOf));
  return [...new Set(rounds)].filter((question) => !known.has(gistOf(question))).slice(0, most);
}

/** What could be asked next, under the last answer. */
export function FollowUps(props: { sources: readonly Source[]; own: boolean }) {
  const { api, conversation } = useApp();
  const turns = useStore(conversation.turns);
  const [list, setList] = useState<DocumentList>();
  useEffect(() => {
    void api.documents().then((loaded) => loaded.ok && setList(loaded.value));
  }, [api]);
  const asked = turns.flatMap(({ question, answer }) => [question, answer.question ?? question]);
  const questions = list ? followUps(list, props.sources, props.own, asked) : [];
  if (questions.length === 0) return null;
  return (
    <section class="suggestions is-following" aria-label={texts.answer.next}>
      <h3 class="label">{texts.answer.next}</h3>
      <QuestionList questions={questions} />
    </section>
  );
}
