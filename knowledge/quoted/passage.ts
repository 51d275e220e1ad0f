import type { Block, Range } from '../document.ts';
import { type Asked, rankSentences, type TermWeights } from '../rank.ts';
import type { StoredChunk } from '../snapshot.ts';

/** A citable unit with its likeness to the question. */
export type Unit = Range & {
  readonly kind: 'sentence' | 'item' | 'header' | 'row' | 'code';
  readonly text: string;
  /** Cosine with the question, of the late-pooled vector. */
  readonly cosine: number;
  /** Likeness less what the sentence has with all questions. */
  readonly specific: number;
  /** Share of the question's IDF weight in it. */
  readonly share: number;
};

/** A whole block of a section; one that was cut for embedding is whole again here. */
export type PassageBlock = {
  readonly kind: Block['kind'];
  readonly ordered: boolean;
  /** Source text in the parts that the chunks hold; more than one only for a block cut in chunks. */
  readonly parts: readonly (Range & { readonly text: string })[];
  readonly units: readonly Unit[];
};

/** A section as it is read to answer: its blocks in order. */
export type Passage = {
  readonly path: string;
  readonly title: string;
  readonly anchor: string;
  readonly section: number;
  readonly headings: readonly string[];
  readonly hash: string;
  readonly changedAt: string;
  /** Score of its best chunk in the search. */
  readonly score: number;
  readonly chunks: readonly StoredChunk[];
  readonly blocks: readonly PassageBlock[];
};

/** Puts the chunks of one section, in document order, together again. */
export function makePassage(
  chunks: readonly StoredChunk[],
  score: number,
  asked: Asked,
  weights: TermWeights,
): Passage | undefined {
  const first = chunks[0];
  if (!first) return undefined;
  const { path, title, anchor, section, headings, sectionHash: hash, changedAt } = first;
  const blocks = chunks.flatMap((chunk) => blocksOf(chunk, asked, weights)).reduce(joinContinued, []);
  return {
    path,
    title,
    anchor,
    section,
    headings,
    hash,
    changedAt,
    score,
    chunks,
    blocks: blocks.map(({ block }) => block),
  };
}

type Piece = { readonly block: PassageBlock; readonly continued: boolean };

function blocksOf(chunk: StoredChunk, asked: Asked, weights: TermWeights): Piece[] {
  const ranked = rankSentences(chunk, asked, weights);
  return chunk.blocks.map((block, index) => ({
    continued: block.continued ?? false,
    block: {
      kind: block.kind,
      ordered: block.ordered ?? false,
      parts: [
        {
          start: block.start,
          end: block.end,
          text: chunk.text.slice(block.start - chunk.start, block.end - chunk.start),
        },
      ],
      units: chunk.sentences.flatMap((sentence, i) => {
        const { cosine = 0, specific = 0, share = 0 } = ranked[i] ?? {};
        const { start, end, kind, text } = sentence;
        return sentence.block === index ? [{ start, end, kind, text, cosine, specific, share }] : [];
      }),
    },
  }));
}

function joinContinued(joined: Piece[], piece: Piece): Piece[] {
  const last = joined.at(-1);
  if (!piece.continued || !last) return [...joined, piece];
  const { block } = last;
  const whole = {
    ...block,
    parts: [...block.parts, ...piece.block.parts],
    units: [...block.units, ...piece.block.units],
  };
  return [...joined.slice(0, -1), { ...last, block: whole }];
}
