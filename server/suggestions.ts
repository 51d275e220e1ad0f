import type { DocumentSummary } from '../knowledge/snapshot.ts';

type Kind = 'question' | 'versus' | 'how' | 'term';
type Candidate = {
  readonly kind: Kind;
  readonly text: string;
  readonly path: string;
  readonly level: number;
  /** Share of the question's words that are acronyms: those are what a new colleague wonders about. */
  readonly acronyms: number;
};

/** Kinds take turns in this order, so that the first questions show different things. */
const TURNS: readonly Kind[] = ['versus', 'question', 'how', 'term'];
const GENERIC =
  /\b(?:overview|introduction|contents?|glossary|index|summary|conclusion|references?|resources?|faq|appendix|changelog|license|contributing|readme|notes?|examples?|getting started|further reading|these|this|next steps|see also)\b/i;
const SMALL_WORDS = new Set(
  'a an the is are was do does did can should to of for in on at by with from and or we our my your it'.split(
    ' ',
  ),
);
/** Marks of a heading that is no term. */
const PHRASE = /[:,;/]| (?:an?|the|of|in|at|for|to|by|with|from|inside|and|or) /i;
const ACRONYM = /^\(?v?[A-Z][A-Z0-9]+s?\)?[?,]?$/;

/**
 * Up to `most` questions that the docs' own headings ask or answer, in a fixed order: headings that are
 * questions, "X versus Y", "How X Works" and terms with an acronym. At most one from each document while
 * there are enough of them.
 */
export function suggestQuestions(documents: readonly DocumentSummary[], most = 4): string[] {
  const candidates = documents.flatMap(({ path, sections }) =>
    sections.flatMap(({ headings, level }) => {
      const asked = questionOf(headings.at(-1) ?? '');
      return asked
        ? [{ ...asked, path, level, acronyms: acronymsIn(asked.text) / asked.text.split(' ').length }]
        : [];
    }),
  );
  candidates.sort((a, b) => b.acronyms - a.acronyms || a.level - b.level || compare(a, b));
  const chosen: Candidate[] = [];
  for (const mayRepeat of [false, true]) {
    for (let turn = 0, idle = 0; chosen.length < most && idle < TURNS.length; turn++) {
      const next = candidates.find(
        (candidate) =>
          candidate.kind === TURNS[turn % TURNS.length] &&
          chosen.every(
            (other) => other.text !== candidate.text && (mayRepeat || other.path !== candidate.path),
          ),
      );
      idle = next ? 0 : idle + 1;
      if (next) chosen.push(next);
    }
  }
  return chosen.map(({ text }) => text);
}

function questionOf(heading: string): { kind: Kind; text: string } | undefined {
  const text = heading.replace(/\s+/g, ' ').trim();
  if (text === '' || text.length > 70 || GENERIC.test(text)) return undefined;
  if (text.endsWith('?')) return { kind: 'question', text: relaxed(text) };
  const versus = /^(.+?) (?:vs\.?|versus) (.+)$/i.exec(text);
  if (versus?.[1] && versus[2]) {
    return { kind: 'versus', text: `What is the difference between ${versus[1]} and ${versus[2]}?` };
  }
  const works = /^How (An? |The )?(.+?) (Work|Differ)(s?)$/i.exec(text);
  if (works?.[2]) {
    const subject = `${(works[1] ?? '').toLowerCase()}${works[2]}`;
    return { kind: 'how', text: `How ${works[4] ? 'does' : 'do'} ${subject} ${works[3]?.toLowerCase()}?` };
  }
  const task = /^How to (.+)$/i.exec(text);
  if (task?.[1]) return { kind: 'how', text: `How do I ${relaxed(lowerFirst(task[1]))}?` };
  if (text.split(' ').length > 5 || acronymsIn(text) === 0 || PHRASE.test(text)) return undefined;
  const name = text.replace(/ \([^)]*\)$/, '');
  const plural = /[^su]s$/i.test(name) && !/is$/i.test(name);
  return { kind: 'term', text: `What ${plural ? 'are' : 'is'} ${relaxed(text)}?` };
}

/** Title case with its small words made small: "What Is an RMM?" as "What is an RMM?". */
function relaxed(text: string): string {
  const words = text.split(' ');
  return words
    .map((word, index) => (index > 0 && SMALL_WORDS.has(word.toLowerCase()) ? word.toLowerCase() : word))
    .join(' ');
}

function lowerFirst(text: string): string {
  return ACRONYM.test(text.split(' ')[0] ?? '') ? text : text.charAt(0).toLowerCase() + text.slice(1);
}

function acronymsIn(text: string): number {
  return text.split(' ').filter((word) => ACRONYM.test(word)).length;
}

function compare(a: Candidate, b: Candidate): number {
  const [first, second] = [a.path + a.text, b.path + b.text];
  return first < second ? -1 : first > second ? 1 : 0;
}
