import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { texts } from '../texts.ts';
import type { Piece } from './word-diff.ts';

/** A section as it was and as it is, laid over each other; what isn't known is said not to be. */
export function Difference(props: { before: string | undefined; after: string | undefined }) {
  const { before, after } = props;
  const pieces = useDiff(before, after);
  if (before === undefined && after === undefined) {
    return <p class="change-note">{texts.changes.notKept}</p>;
  }
  if (before === undefined || after === undefined) {
    return (
      <>
        {before === undefined && <p class="change-note">{texts.changes.notKept}</p>}
        <Reading label={before === undefined ? texts.changes.now : texts.changes.before}>
          {(before ?? after ?? '').trim()}
        </Reading>
      </>
    );
  }
  if (before === after) return <p class="change-note">{texts.changes.sameWords}</p>;
  if (pieces === 'waiting') return <p class="change-note">{texts.loading}</p>;
  if (pieces?.length === 0) return <p class="change-note">{texts.changes.onlySpaces}</p>;
  if (pieces) return <Reading label={texts.changes.difference}>{pieces.map(drawPiece)}</Reading>;
  return (
    <div class="change-sides">
      <Reading label={texts.changes.before}>{before.trim()}</Reading>
      <Reading label={texts.changes.now}>{after.trim()}</Reading>
    </div>
  );
}

/** The words of a section; long ones scroll. */
function Reading(props: { label: string; children: ComponentChildren }) {
  return (
    <figure class="change-reading">
      <figcaption>{props.label}</figcaption>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region has to be reachable by keyboard */}
      {/* biome-ignore lint/a11y/useSemanticElements: a section would add a landmark for each text */}
      <div class="change-text" dir="auto" role="group" aria-label={props.label} tabIndex={0}>
        {props.children}
      </div>
    </figure>
  );
}

/** Not every screen reader tells `ins` and `del`, so that words say it too. */
function drawPiece({ kind, text }: Piece): ComponentChildren {
  if (kind === 'same') return text;
  if (kind === 'left out') {
    return (
      <span class="change-gap">
        <span aria-hidden="true">…</span>
        <span class="visually-hidden">{texts.changes.leftOut}</span>
      </span>
    );
  }
  const Tag = kind === 'added' ? 'ins' : 'del';
  return (
    <Tag>
      <span class="visually-hidden">{` ${texts.changes[kind]} `}</span>
      {text}
      <span class="visually-hidden">{` ${texts.changes.end} `}</span>
    </Tag>
  );
}

/** The difference of two texts; undefined when they are better read side by side. */
function useDiff(
  before: string | undefined,
  after: string | undefined,
): readonly Piece[] | undefined | 'waiting' {
  const [pieces, setPieces] = useState<readonly Piece[] | undefined | 'waiting'>('waiting');
  useEffect(() => {
    if (before === undefined || after === undefined || before === after) return;
    let wanted = true;
    setPieces('waiting');
    // A client older than the server's files may find this part gone.
    import('./word-diff.ts').then(
      ({ diffTexts }) => wanted && setPieces(diffTexts(before.trim(), after.trim())),
      () => wanted && setPieces(undefined),
    );
    return () => {
      wanted = false;
    };
  }, [before, after]);
  return pieces;
}
