import { useMemo, useState } from 'preact/hooks';
import { useApp } from '../app-context.ts';
import type { Turn } from '../chat/conversation.ts';
import { Icon } from '../controls/icon.tsx';
import { focusMain } from '../focus-main.ts';
import { useStore } from '../store.ts';
import { texts } from '../texts.ts';
import { showChange } from './changed-sections.tsx';
import { countChanges } from './section-change.ts';

/** One line above a conversation: how many of its cited sections are no longer as cited. Until it is closed. */
export function ChangesBar(props: {
  turns: readonly Turn[];
  scroller: { readonly current: HTMLElement | null };
}) {
  const { turns, scroller } = props;
  const changes = useStore(useApp().keeper.changes);
  const [closed, setClosed] = useState<typeof changes>();
  const count = useMemo(() => countChanges(turns, changes), [turns, changes]);
  const isShown = count.changed + count.moved + count.gone > 0 && closed !== changes;
  const close = () => {
    setClosed(changes);
    focusMain();
  };
  return (
    <div role="status">
      {isShown && (
        <div class="changes-bar">
          <Icon name="history" />
          <p>{texts.changes.summary(count)}</p>
          <button
            type="button"
            class="link-button"
            onClick={() => scroller.current && showChange(scroller.current)}
          >
            {texts.changes.show}
          </button>
          <button type="button" class="icon-button" aria-label={texts.close} onClick={close}>
            <Icon name="close" />
          </button>
        </div>
      )}
    </div>
  );
}
