import type { CitedAnswer, CitedPlace } from './cited-answer.ts';
import { printable } from './printable.ts';

/** How text is made to look: styles of `node:util`, and links. Plain text leaves out both. */
export type Paint = {
  style(style: 'cyan' | 'green' | 'yellow' | 'dim' | 'bold' | 'italic' | 'underline', text: string): string;
  /** Text that opens an address when clicked. */
  link(text: string, address: string): string;
};

export const PLAIN: Paint = { style: (_style, text) => text, link: (text) => text };

export type ProofOptions = {
  readonly paint: Paint;
  /** Where a click on a place leads. */
  readonly addressOf: (place: Place) => string | undefined;
  /** Width that the words of a place are cut to. */
  readonly columns?: number | undefined;
};

/** What is said of a place. */
export type Place = Pick<CitedPlace, 'n' | 'path' | 'line' | 'quote' | 'url' | 'repositoryUrl'>;

const COLUMNS = 100;

/**
 * What stands under an answer: each place that proves it as `path:line` with its words, the statements that
 * nothing proves, what the docs say in two ways (newest first), and the note; under none, the sections that come nearest. Begins with a blank line.
 */
export function proofText(answer: CitedAnswer, options: ProofOptions): string {
  const { style } = options.paint;
  const parts: string[] = [];
  const places = answer.mode === 'abstained' ? nearest(answer) : placesOf(answer);
  if (places.length > 0) {
    const lines = places.map((place, i) => {
      const isFirst = places[i - 1]?.n !== place.n;
      const number = `[${place.n}]`;
      const mark = isFirst ? style('cyan', number) : ' '.repeat(number.length);
      return `${mark} ${placeLine(place, number.length + 1, options)}`;
    });
    parts.push(lines.join('\n'));
  }
  for (const sides of answer.disagreements ?? []) {
    const lines = sides.map((side) => {
      const day = side.changedAt.slice(0, 10);
      return `${style('yellow', day)} ${placeLine(side, day.length + 1, options)}`;
    });
    parts.push([style('yellow', 'The docs disagree:'), ...lines].join('\n'));
  }
  const unsupported = answer.claims.filter(({ status }) => status === 'unsupported');
  if (unsupported.length > 0) {
    const lines = unsupported.map(({ text, reason }) => {
      const why = reason === undefined ? '' : ` (${oneLine(reason)})`;
      return `${style('yellow', '!')} ${oneLine(text)}${style('dim', why)}`;
    });
    parts.push([style('yellow', 'Not proven by the docs:'), ...lines].join('\n'));
  }
  if (answer.note !== undefined) parts.push(style('italic', printable(answer.note)));
  return parts.map((part) => `\n${part}\n`).join('');
}

/** Each place once, those of a source together. */
function placesOf({ claims }: CitedAnswer): Place[] {
  const places = new Map<string, Place>();
  for (const place of claims.flatMap(({ citations }) => citations)) {
    const key = `${place.n} ${place.path}:${place.line}`;
    if (!places.has(key)) places.set(key, place);
  }
  return [...places.values()].sort((a, b) => a.n - b.n);
}

function nearest({ sources }: CitedAnswer): Place[] {
  return sources.map(({ headings, title, ...place }) => ({
    ...place,
    quote: headings.join(' > ') || title,
  }));
}

function placeLine(
  place: Place,
  indent: number,
  { paint, addressOf, columns = COLUMNS }: ProofOptions,
): string {
  const where = `${oneLine(place.path)}:${place.line}`;
  const room = Math.max(24, columns - indent - where.length - 2);
  const words = oneLine(place.quote);
  const cut = words.length > room ? `${words.slice(0, room - 1).trimEnd()}…` : words;
  const name = paint.style('green', where);
  const address = addressOf(place);
  return `${address === undefined ? name : paint.link(name, address)}  ${paint.style('dim', cut)}`;
}

function oneLine(text: string): string {
  return printable(text.replace(/\s+/g, ' ')).trim();
}
