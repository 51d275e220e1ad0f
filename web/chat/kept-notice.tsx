import { useState } from 'preact/hooks';
import { useApp } from '../app-context.ts';
import { conversationMarkdown, download, fileNameOf } from '../conversations/export-conversation.ts';
import { nameOf } from '../conversations/saved-conversation.ts';
import { focusMain } from '../focus-main.ts';
import { useStore } from '../store.ts';
import { texts } from '../texts.ts';

/** Says over the field that this conversation isn't kept, why, and how to save it all the same. */
export function KeptNotice() {
  const { conversation, keeper, listing } = useApp();
  const kept = useStore(keeper.kept);
  const [closed, setClosed] = useState(false);
  if (kept === 'kept' || closed) return null;
  const save = () => {
    const turns = conversation.turns.get();
    const now = new Date().toISOString();
    const saved = { id: '', name: nameOf(turns), startedAt: now, changedAt: now, turns };
    download(fileNameOf(saved, 'md'), conversationMarkdown(saved, location.origin), 'text/markdown');
  };
  const close = () => {
    setClosed(true);
    focusMain();
  };
  return (
    <div class="kept-notice" role="status">
      <p>
        <strong>{texts.conversations.notKept}</strong>{' '}
        {kept === 'full' ? texts.conversations.full : texts.conversations.failed}
      </p>
      <div class="button-row">
        {kept === 'full' && (
          <button type="button" class="button" onClick={() => listing.set(true)}>
            {texts.conversations.manage}
          </button>
        )}
        <button type="button" class="button" onClick={save}>
          {texts.conversations.markdown}
        </button>
        <button type="button" class="quiet-button" onClick={close}>
          {texts.close}
        </button>
      </div>
    </div>
  );
}
