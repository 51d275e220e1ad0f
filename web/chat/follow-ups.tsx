import { useEffect, useState } from 'preact/hooks';
import type { DocumentList, SectionInfo, Source } from '../../server/events.ts';
import { useApp } from '../app-context.ts';
import { texts } from '../texts.ts';
import { QuestionList } from './question-list.tsx';

const most = 3;

/** A question to which a section is the answer: its heading, when that asks already. */
function questionOf(section: SectionInfo): string | undefined {
  const heading = section.headings.at(-1);
  if (!heading || section.level < 2) return undefined;
  return heading.endsWith('?') ? heading : texts.docs.askQuestion(heading);
}

/**
 * Questions that lead on from some sections: those beside them in their documents that weren't cited, or
 * the sections themselves when `own`. At most three, one from each source first.
 */
export function followUps(list: DocumentList, sources: readonly Source[], own: boolean): string[] {
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
  return [...new Set(rounds)].slice(0, most);
}

/** What could be asked next, under the last answer. */
export function FollowUps(props: { sources: readonly Source[]; own: boolean }) {
  const { api } = useApp();
  const [list, setList] = useState<DocumentList>();
  useEffect(() => {
    void api.documents().then((loaded) => loaded.ok && setList(loaded.value));
  }, [api]);
  const questions = list ? followUps(list, props.sources, props.own) : [];
  if (questions.length === 0) return null;
  return (
    <section class="suggestions is-following" aria-label={texts.answer.next}>
      <h3 class="label">{texts.answer.next}</h3>
      <QuestionList questions={questions} />
    </section>
  );
}
