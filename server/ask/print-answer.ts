import { pathToFileURL } from 'node:url';
import type { CitedAnswer, CitedPlace } from '../cited-answer.ts';
import type { Paint } from './colours.ts';

/** Columns of a line where the terminal doesn't tell. */
const COLUMNS = 100;

export type PrintOptions = {
  readonly paint: Paint;
  /** Absolute path of the docs folder: where a click leads. */
  readonly docsDir: string;
  readonly columns?: number | undefined;
};

/**
 * What is printed under an answer: each place that proves it as `path:line` with its words, the statements
 * that nothing proves, and the note; under none, the sections that come nearest.
 */
export function proofOf(answer: CitedAnswer, options: PrintOptions): string {
  const { paint } = options;
  const { style } = paint;
  const parts: string[] = [];
  const sourced = answer.mode === 'abstained' ? nearest(answer) : placesOf(answer);
  if (sourced.length > 0) {
    const lines = sourced.map((place, i) => {
      const isFirst = i === 0 || sourced[i - 1]?.n !== place.n;
      const number = `[${place.n}]`;
      const mark = isFirst ? style('cyan', number) : ' '.repeat(number.length);
      return `${mark} ${placeLine(place, number.length + 1, options)}`;
    });
    parts.push(lines.join('\n'));
  }
  const unsupported = answer.claims.filter(({ status }) => status === 'unsupported');
  if (unsupported.length > 0) {
    const lines = unsupported.map(({ text, reason }) => {
      const why = reason === undefined ? '' : ` (${reason})`;
      return `${style('yellow', '!')} ${oneLine(text)}${style('dim', why)}`;
    });
    parts.push([style('yellow', 'Not proven by the docs:'), ...lines].join('\n'));
  }
  if (answer.note !== undefined) parts.push(style('italic', answer.note));
  return parts.map((part) => `\n${part}\n`).join('');
}

type Place = Pick<CitedPlace, 'n' | 'path' | 'line' | 'quote'>;

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
  return sources.map(({ n, path, line, headings, title }) => ({
    n,
    path,
    line,
    quote: headings.join(' > ') || title,
  }));
}

function placeLine({ path, line, quote }: Place, indent: number, options: PrintOptions): string {
  const { paint, docsDir, columns = COLUMNS } = options;
  const where = `${path}:${line}`;
  const address = `${pathToFileURL(`${docsDir}/${path}`).href}#L${line}`;
  const room = Math.max(24, columns - indent - where.length - 2);
  const words = oneLine(quote);
  const cut = words.length > room ? `${words.slice(0, room - 1).trimEnd()}…` : words;
  return `${paint.link(paint.style('green', where), address)}  ${paint.style('dim', cut)}`;
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
