import type { Range } from '../../knowledge/document.ts';
import { makeBlockReader } from './claim-blocks.ts';
import { claimFrom, sentenceRanges } from './claim-sentences.ts';
import { plainText } from './plain-words.ts';

/**
 * A statement of an answer. `start` and `end` are UTF-16 offsets in the answer's text, markers behind it
 * included; `text` is plain, without Markdown and markers; `cited` are the numbers of its markers.
 */
export type SplitClaim = Range & {
  readonly text: string;
  readonly cited: readonly number[];
  /** For a list item: the line with a colon that leads in to its list. */
  readonly leadIn?: string;
};

/** Takes an answer as it is written and gives each statement as soon as it is finished. */
export type ClaimSplitter = {
  push(delta: string): SplitClaim[];
  /** The answer has ended: the rest. */
  flush(): SplitClaim[];
};

/**
 * Statements are the sentences of paragraphs and list items, table rows and code blocks. Headings,
 * questions, and lead-ins that say nothing by themselves ("Here is how:") are none.
 * Citations must be canonical: `[n]`. The result doesn't depend on how the text was cut into deltas.
 */
export function makeClaimSplitter(): ClaimSplitter {
  const blocks = makeBlockReader();
  /** End of the last sentence given: the open paragraph is read again with each delta. */
  let given = 0;
  let leadIn: string | undefined;

  const claimsOf = (last: boolean): SplitClaim[] => {
    const claims: SplitClaim[] = [];
    for (const block of blocks.read(last)) {
      const isText = block.kind === 'text' || block.kind === 'item';
      const ranges = isText ? sentenceRanges(block.text, block.start, block.closed) : [block];
      for (const { start, end } of ranges) {
        if (start < given) continue;
        given = end;
        const piece = blocks.text.slice(start, end);
        const claim = claimFrom(piece, start, block.kind);
        if (block.kind === 'text') leadIn = undefined;
        if (claim) claims.push(block.kind === 'item' && leadIn ? { ...claim, leadIn } : claim);
        if (isText && /:\W*$/.test(piece)) leadIn = plainText(piece);
      }
    }
    return claims;
  };

  return {
    push(delta) {
      blocks.push(delta);
      return claimsOf(false);
    },
    flush: () => claimsOf(true),
  };
}

/** All statements of a whole answer. */
export function splitClaims(answer: string): SplitClaim[] {
  const splitter = makeClaimSplitter();
  return [...splitter.push(answer), ...splitter.flush()];
}
