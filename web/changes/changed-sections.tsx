import { useApp } from '../app-context.ts';
import { type Answer, usedSources } from '../chat/answer-state.ts';
import { useStore } from '../store.ts';
import { texts } from '../texts.ts';
import { ChangeDetails } from './change-details.tsx';
import { citationsIn, keyOf } from './section-change.ts';

/** Under an answer: those of its sections that are no longer as it cites them. */
export function ChangedSections({ answer }: { answer: Answer }) {
  const changes = useStore(useApp().keeper.changes);
  const changed = usedSources(answer).flatMap((source) => {
    const change = changes.get(keyOf(source));
    return change ? [{ source, change }] : [];
  });
  if (changed.length === 0) return null;
  return (
    <section class="changes" aria-label={texts.changes.title}>
      <h3 class="label">{texts.changes.title}</h3>
      {changed.map(({ source, change }) => (
        <ChangeDetails
          key={source.n}
          source={source}
          citations={citationsIn([answer], source)}
          change={change}
        />
      ))}
    </section>
  );
}

/** Unfolds what changed in a section and goes there; without a key, the first that is still folded. */
export function showChange(root: ParentNode, key?: string): void {
  const named = key === undefined ? '' : `[data-change="${CSS.escape(key)}"]`;
  const find = (state: string) => root.querySelector<HTMLDetailsElement>(`.change${named}${state}`);
  const details = find(':not([open])') ?? find('');
  if (!details) return;
  details.open = true;
  details.scrollIntoView({ block: 'start' });
  details.querySelector('summary')?.focus({ preventScroll: true });
}
