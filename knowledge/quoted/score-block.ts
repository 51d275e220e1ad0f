import type { Question } from '../question.ts';
import { shareOf, type TermWeights } from '../rank.ts';
import { terms } from '../terms.ts';
import { announces, answersKind, definesSubject } from './answer-shape.ts';
import type { Passage, PassageBlock, Unit } from './passage.ts';

/**
 * Conditional logit over the blocks of the sections found, fitted to the blocks that hold the answer's
 * words in `handbook-dev`, the golden set and `squad-dev`; likeness is `Unit.specific`.
 */
const WEIGHTS = {
  /** The section's score less the best section's. */
  section: 0.3,
  firstSection: 1,
  bestUnit: 25.7,
  meanUnit: 13.4,
  share: 1.9,
  list: 1.2,
  ordered: 0.7,
  table: -0.2,
  /** It holds a number, time, person … where one is asked for. */
  shape: 1.2,
  digits: 1,
  defines: 2.5,
  opensDefinition: 1.4,
  listAskedFor: 2.5,
  announces: -0.9,
  short: -1.1,
  place: -0.4,
  /** Share of the question's weight in the section's own heading. */
  heading: 0.8,
  /** The heading is made of the question's own words, two or more. */
  headingNamed: 1.5,
} as const;

/** Where a block stands; `best` is the best section. */
export type Standing = {
  readonly passage: Passage;
  readonly index: number;
  readonly best: Passage;
  readonly weights: TermWeights;
};

/** How well a block of a section answers; comparable within one question. */
export function scoreBlock(
  question: Question,
  block: PassageBlock,
  { passage, index, best, weights }: Standing,
): number {
  const { units, kind } = block;
  const likeness = units.map((unit) => unit.specific);
  const texts = units.map((unit) => unit.text);
  const entries = kind === 'list' || kind === 'table';
  const heading = terms(passage.headings.at(-1) ?? passage.title);
  const numeric = question.kind === 'quantity' || question.kind === 'time';
  const on = (condition: boolean, weight: number) => (condition ? weight : 0);
  return (
    WEIGHTS.section * (passage.score - best.score) +
    on(passage === best, WEIGHTS.firstSection) +
    WEIGHTS.bestUnit * Math.max(-1, ...likeness) +
    WEIGHTS.meanUnit * (likeness.reduce((sum, value) => sum + value, 0) / Math.max(1, likeness.length)) +
    WEIGHTS.share * Math.max(0, ...units.map((unit) => unit.share)) +
    on(kind === 'list', WEIGHTS.list) +
    on(block.ordered, WEIGHTS.ordered) +
    on(kind === 'table', WEIGHTS.table) +
    on(
      texts.some((text) => answersKind(question.kind, text)),
      WEIGHTS.shape,
    ) +
    on(numeric && texts.some((text) => /\d/.test(text)), WEIGHTS.digits) +
    on(
      question.subjects.some((subject) => texts.some((text) => definesSubject(subject, text))),
      WEIGHTS.defines,
    ) +
    on(question.kind === 'definition' && index === 0, WEIGHTS.opensDefinition) +
    on(entries && question.kind === 'list', WEIGHTS.listAskedFor) +
    on(announces(texts.at(-1) ?? ''), WEIGHTS.announces) +
    on(texts.join(' ').split(' ').length < 8, WEIGHTS.short) +
    WEIGHTS.heading * shareOf(new Set(heading), weights) +
    on(heading.length > 1 && heading.every((term) => weights.weights.has(term)), WEIGHTS.headingNamed) +
    WEIGHTS.place * (index / passage.blocks.length)
  );
}

/** How well one unit answers: its likeness, the question's words, and the kind of thing asked for. */
export function scoreUnit(question: Question, unit: Unit): number {
  return (
    30 * unit.specific +
    5 * unit.share +
    (answersKind(question.kind, unit.text) ? 0.6 : 0) +
    (question.subjects.some((subject) => definesSubject(subject, unit.text)) ? 2 : 0)
  );
}

const LINK = /\[[^\]]*\]\([^)]*\)/g;

/** A list that is little more than links, such as a table of contents: it says where things stand, not what they are. */
export function isNavigation({ kind, parts }: PassageBlock): boolean {
  if (kind !== 'list') return false;
  const text = parts.map((part) => part.text).join('\n');
  const links = [...text.matchAll(LINK)].reduce((sum, [link]) => sum + link.length, 0);
  return links > 0.7 * text.replace(/^\s*(?:[-*+]|\d+[.)])\s+/gm, '').length;
}
