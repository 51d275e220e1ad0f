import type { Nodes } from 'mdast';
import type { ComponentChildren } from 'preact';
import { useMemo, useRef } from 'preact/hooks';
import type { Claim } from '../../server/events.ts';
import { type AnswerBlock, makeAnswerBlocks } from '../markdown/answer-blocks.ts';
import { splitRun, type TextRun } from '../markdown/positions.ts';
import { drawNode } from '../markdown.tsx';
import { texts } from '../texts.ts';
import { answerLink } from './answer-link.ts';
import type { Answer } from './answer-state.ts';
import { CitationChip } from './citation-chip.tsx';
import { UnsupportedNote } from './unsupported-note.tsx';

/**
 * An answer's Markdown while it streams: a block that can't change any more is drawn once. `origin` is Docent's,
 * where the client runs in a page of another; its links then open in new tabs.
 */
export function AnswerText(props: { answer: Answer; origin?: string | undefined }) {
  const blocksOf = useMemo(makeAnswerBlocks, []);
  const { text, claims, sources } = props.answer;
  const numbers = useSame(sources.map((source) => source.n));
  return (
    <>
      {blocksOf(text).map((block, index, blocks) => (
        <Block
          key={index}
          block={block}
          text={text}
          claims={claims}
          numbers={numbers}
          followsFigure={isFigure(blocks[index - 1])}
          origin={props.origin}
        />
      ))}
    </>
  );
}

/** A block that takes no citation into it: its citation follows as a paragraph of its own. */
function isFigure(block: AnswerBlock | undefined): boolean {
  return /^(?:code|table|blockquote)$/.test(block?.node.type ?? '');
}

/** The last list again as long as the new one holds the same. */
function useSame<T>(list: readonly T[]): readonly T[] {
  const last = useRef(list);
  const same =
    last.current.length === list.length && list.every((item, index) => item === last.current[index]);
  if (!same) last.current = list;
  return last.current;
}

type BlockProps = {
  block: AnswerBlock;
  text: string;
  claims: readonly Claim[];
  numbers: readonly number[];
  /** The block before is one whose citation follows it. */
  followsFigure: boolean;
  origin: string | undefined;
};

function Block({ block, text, claims, numbers, followsFigure, origin }: BlockProps) {
  const start = block.base + (block.node.position?.start.offset ?? 0);
  const end = block.base + (block.node.position?.end.offset ?? 0);
  const own = useSame(claims.filter((claim) => claim.start < end && claim.end > start));
  return useMemo(() => {
    const words = text.slice(start, end);
    if (followsFigure && onlyMarkers.test(words) && areSources(words, numbers)) {
      return (
        <p class="figure-source">
          {texts.cite.from} {drawMarkers(words, start, numbers)}
        </p>
      );
    }
    return <>{drawBlock(block, text, own, numbers, origin)}</>;
  }, [block, own, numbers, followsFigure, origin]);
}

function drawBlock(
  block: AnswerBlock,
  text: string,
  claims: readonly Claim[],
  numbers: readonly number[],
  origin: string | undefined,
): ComponentChildren {
  const notes = new Map(
    claims
      .filter((claim) => claim.status === 'unsupported' && !claim.checking)
      .map((claim) => [lastTextEnd(block.node, block.base, claim), claim]),
  );
  return drawNode(block.node, {
    source: text,
    base: block.base,
    headingLevel: () => 3,
    drawText: (run) => drawRun(run, claims, numbers, notes),
    link(url, offset) {
      const link = answerLink(claims, url, offset);
      return link && !link.external && origin ? { href: origin + link.href, external: true } : link;
    },
  });
}

/** Where the last text of a claim ends: the place for its note. */
function lastTextEnd(node: Nodes, base: number, claim: Claim): number {
  if ('children' in node) {
    return Math.max(-1, ...node.children.map((child) => lastTextEnd(child, base, claim)));
  }
  const start = base + (node.position?.start.offset ?? 0);
  const end = base + (node.position?.end.offset ?? 0);
  return node.type === 'text' && start < claim.end && end > claim.start ? Math.min(end, claim.end) : -1;
}

function drawRun(
  run: TextRun,
  claims: readonly Claim[],
  numbers: readonly number[],
  notes: ReadonlyMap<number, Claim>,
): ComponentChildren {
  return splitRun(run, claims).map((piece) => {
    const claim = claims[piece.inside[0] ?? -1];
    const noted = claim && notes.get(piece.end) === claim ? claim : undefined;
    // The last word takes the note along, so that it doesn't stand alone on the next line.
    const cut = noted ? piece.text.search(/\S+\s*$/) : piece.text.length;
    const last = piece.text.slice(cut);
    return (
      <>
        <Statement claim={claim}>{drawMarkers(piece.text.slice(0, cut), piece.start, numbers)}</Statement>
        {noted && (
          <span class="cited-word">
            <Statement claim={claim}>{drawMarkers(last.trimEnd(), piece.start + cut, numbers)}</Statement>
            <UnsupportedNote reason={noted.reason} />
          </span>
        )}
      </>
    );
  });
}

function Statement(props: { claim: Claim | undefined; children: ComponentChildren }) {
  const { claim, children } = props;
  if (!claim || claim.status === 'supported') return <>{children}</>;
  const kind = claim.checking ? 'claim-checking' : `claim-${claim.status}`;
  return <span class={claim.key ? `${kind} is-key` : kind}>{children}</span>;
}

const chips = /(\S*?)[ \u202F]*((?:\[\d{1,3}\] ?)*\[\d{1,3}\])([.,;:!?)]*)/g;
const onlyMarkers = /^(?:\[\d{1,3}\]\s*)+$/;
const marker = /\[(\d{1,3})\]/g;

function areSources(markers: string, numbers: readonly number[]): boolean {
  return [...markers.matchAll(marker)].every(([, n]) => numbers.includes(Number(n)));
}

/**
 * `[n]` becomes a chip when n is a source, on one line with the word that it follows. Offsets are near
 * enough: no markup stands inside a piece.
 */
function drawMarkers(text: string, start: number, numbers: readonly number[]): ComponentChildren {
  const drawn: ComponentChildren[] = [];
  let from = 0;
  for (const match of text.matchAll(chips)) {
    const [whole, word = '', markers = '', punctuation = ''] = match;
    if (!areSources(markers, numbers)) continue;
    const all = [...markers.matchAll(marker)];
    const at = match.index + whole.length - punctuation.length - markers.length;
    drawn.push(text.slice(from, match.index));
    drawn.push(
      <span class="cited-word">
        {word}
        {all.map(({ 1: n, index }) => (
          <CitationChip n={Number(n)} offset={start + at + index} />
        ))}
        {punctuation}
      </span>,
    );
    from = match.index + whole.length;
  }
  drawn.push(text.slice(from));
  return drawn;
}
