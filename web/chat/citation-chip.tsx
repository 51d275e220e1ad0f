import { useContext } from 'preact/hooks';
import { useApp } from '../app-context.ts';
import { keyOf } from '../changes/section-change.ts';
import { useStore } from '../store.ts';
import { texts } from '../texts.ts';
import { useAnswerActions } from './answer-context.ts';
import { CardContext } from './citation-card.tsx';
import { whereOf } from './where-of.ts';

/** Moves the focus to the citation before or after this one in the same answer. */
function walk(from: HTMLElement, step: number): void {
  const all = [...(from.closest('[data-answer]')?.querySelectorAll<HTMLElement>('.cite') ?? [])];
  all[all.indexOf(from) + step]?.focus();
}

const steps: Record<string, number> = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

/** The number of a source. Hover, focus or tap shows its card, a click opens the source. */
export function CitationChip(props: { n: number; offset: number }) {
  const actions = useAnswerActions();
  const card = useContext(CardContext);
  const cited = actions?.cited(props.n, props.offset);
  const changes = useStore(useApp().keeper.changes);
  if (!actions || !cited) return <>[{props.n}]</>;
  const show = (target: EventTarget, delay: number) => {
    const now = actions.cited(props.n, props.offset);
    if (now && target instanceof HTMLElement)
      card?.show({ cited: now, anchor: target, open: actions.open }, delay);
  };
  const activate = (event: PointerEvent | MouseEvent) => {
    const now = actions.cited(props.n, props.offset);
    const touched = 'pointerType' in event && event.pointerType === 'touch';
    if (!now) return;
    if (touched && event.currentTarget) return show(event.currentTarget, 0);
    card?.hide(0);
    actions.open(now);
  };
  const change = changes.get(keyOf(cited.source));
  const { source, citation } = cited;
  const label = texts.cite.label(props.n, whereOf(source).join(' › '));
  return (
    <button
      type="button"
      class={change ? `cite is-${change.status}` : 'cite'}
      aria-label={change ? `${label}, ${texts.changes.chip[change.status]}` : label}
      // What its card shows, which isn't beside it in the page.
      aria-description={citation?.quote ?? source.excerpt}
      onPointerEnter={(event) => event.pointerType === 'mouse' && show(event.currentTarget, 120)}
      onPointerLeave={(event) => event.pointerType === 'mouse' && card?.hide(200)}
      onFocus={(event) => event.currentTarget.matches(':focus-visible') && show(event.currentTarget, 0)}
      onBlur={() => card?.hide(100)}
      onClick={activate}
      onKeyDown={(event) => {
        const step = steps[event.key];
        if (step === undefined) return;
        event.preventDefault();
        walk(event.currentTarget, step);
      }}
    >
      {props.n}
    </button>
  );
}
