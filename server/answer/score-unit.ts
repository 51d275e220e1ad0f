import type { Question } from '../../knowledge/question.ts';
import { answersKind, definesSubject } from './answer-shape.ts';
import type { Unit } from './passage.ts';

/** How well one unit answers: likeness, the question's words, and the kind of thing asked for. */
export function scoreUnit(question: Question, unit: Unit): number {
  return (
    60 * unit.specific +
    2.5 * unit.share +
    (answersKind(question.kind, unit.text) ? 0.6 : 0) +
    (question.subjects.some((subject) => definesSubject(subject, unit.text)) ? 2 : 0)
  );
}
