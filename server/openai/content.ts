import type { z } from 'zod';
import { type Cited, citedAt, nameOf, pageOf } from '../cited.ts';
import { type Answered, makeCollector } from '../collect-answer.ts';
import type { annotation, docent } from '../contract/openai-chat.ts';
import type { ChatEvent } from '../events.ts';
import { type CitationLink, makeCitationLinker } from '../link-citations.ts';
import { closingOf, tallyOf } from './closing.ts';

export type Annotation = z.output<typeof annotation>;
export type DocentWord = z.output<typeof docent>;

/** A piece of an answer's text, or, as the last, what is to be told of the whole. */
export type ContentPart =
  | { readonly type: 'text'; readonly text: string }
  | {
      readonly type: 'end';
      readonly annotations: Annotation[];
      readonly docent: DocentWord;
      /** The text was cut at the bound. */
      readonly cut: boolean;
    };

export type ContentOptions = {
  /** Before the path of a cited page. */
  readonly origin: string;
  /** Give a model's words as they come. Their links then open a section, and only the annotations its cited words. */
  readonly asWritten: boolean;
  /** Takes the text's pieces in turn and gives what the bound leaves of each. */
  readonly bound?: Bound | undefined;
};

/** Takes pieces as they come; `end` gives what was held back of the last. `full` once something was cut. */
export type Bound = { cut(piece: string): string; end(): string; full(): boolean };

/**
 * An answer as a text that stands alone: its citations as links, and below it what its reader has to know. What is
 * quoted comes whole at the end, when it is known which words each link opens. Throws what the events throw.
 */
export async function* contentOf(
  events: AsyncIterable<ChatEvent>,
  { origin, asWritten, bound }: ContentOptions,
): AsyncGenerator<ContentPart> {
  const collector = makeCollector();
  const citation = (n: number, at: number): Cited | undefined =>
    citedAt({ sources: collector.sources(), claims: collector.claims() }, n, at);
  const linker = makeCitationLinker({
    docs: `${origin}/docs/`,
    addressAt(n, at) {
      const cited = citation(n, at);
      return cited && origin + pageOf(cited);
    },
  });
  let text = '';
  function* show(piece: string, isLast = false): Generator<ContentPart> {
    const left = bound ? bound.cut(piece) + (isLast ? bound.end() : '') : piece;
    text += left;
    if (left !== '') yield { type: 'text', text: left };
  }

  let writing = false;
  /** Units of the answer's text that went on as they were written. */
  let passed = 0;
  for await (const event of events) {
    collector.take(event);
    if (event.type === 'stage') writing = asWritten && event.stage === 'writing';
    if (event.type !== 'delta' || !writing) continue;
    passed += event.text.length;
    yield* show(linker.push(event.text));
  }
  const answered = collector.whole();
  yield* show(linker.push(answered.text.slice(passed)) + linker.flush());
  yield* show(closingOf(answered, origin), true);
  yield {
    type: 'end',
    annotations: annotationsOf(text, linker.links(), citation, origin),
    docent: wordOf(answered, origin),
    cut: bound?.full() ?? false,
  };
}

/** One for each link that the text still holds whole, in Unicode code points, as OpenAI counts. */
function annotationsOf(
  text: string,
  links: readonly CitationLink[],
  citation: (n: number, at: number) => Cited | undefined,
  origin: string,
): Annotation[] {
  let points = 0;
  let units = 0;
  const pointsAt = (offset: number): number => {
    points += [...text.slice(units, offset)].length;
    units = offset;
    return points;
  };
  return links.flatMap(({ n, at, start, end }): Annotation[] => {
    const cited = citation(n, at);
    if (!cited || end > text.length) return [];
    const url = origin + pageOf(cited);
    const range = { start_index: pointsAt(start), end_index: pointsAt(end) };
    return [{ type: 'url_citation', url_citation: { ...range, url, title: nameOf(cited.source) } }];
  });
}

function wordOf({ question, text, sources, claims, done }: Answered, origin: string): DocentWord {
  const { mode, score, version, note } = done;
  const { all, proven } = tallyOf(claims);
  return {
    mode,
    score,
    version,
    ...(note !== undefined && { note }),
    ...(question !== undefined && { question }),
    statements: { all, supported: proven },
    claims: claims.map(({ start, end, checking, citations, ...claim }) => ({
      ...claim,
      text: text.slice(start, end).trim(),
      citations: [...citations],
    })),
    sources: sources.map((source) => ({
      ...source,
      headings: [...source.headings],
      url: origin + source.url,
    })),
  };
}
