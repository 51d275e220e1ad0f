import { useEffect, useRef, useState } from 'preact/hooks';
import { useApp } from '../app-context.ts';
import { Icon } from '../controls/icon.tsx';
import { useStore } from '../store.ts';
import { texts } from '../texts.ts';
import { ConversationItem } from './conversation-item.tsx';
import { findConversations, type SavedConversation } from './saved-conversation.ts';

/** The kept conversations, over the page from its side. */
export function ConversationsDrawer(props: { onClose(): void }) {
  const { keeper, shelf, router } = useApp();
  const dialog = useRef<HTMLDialogElement>(null);
  const [all, setAll] = useState<readonly SavedConversation[]>();
  const [search, setSearch] = useState('');
  const current = useStore(keeper.current);
  const kept = useStore(keeper.kept);
  const load = () => void shelf.all().then(setAll);
  useEffect(() => {
    dialog.current?.showModal();
    load();
  }, []);
  const close = () => dialog.current?.close();
  const open = (id: string) => {
    close();
    router.go(`/?c=${id}`);
  };
  const found = all && findConversations(all, search);
  return (
    // A press on the backdrop is one on the dialog itself, beside its content; Escape closes it as well.
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape is the dialog's own
    <dialog
      ref={dialog}
      class="drawer"
      aria-label={texts.conversations.title}
      onClose={props.onClose}
      onClick={(event) => event.target === event.currentTarget && close()}
    >
      <div class="drawer-body">
        <div class="drawer-head">
          <h2>{texts.conversations.title}</h2>
          <button type="button" class="icon-button" aria-label={texts.close} onClick={close}>
            <Icon name="close" />
          </button>
        </div>
        {kept !== 'kept' && (
          <p class="pane-notice" role="alert">
            {kept === 'full' ? texts.conversations.full : texts.conversations.failed}
          </p>
        )}
        {all && all.length > 0 && (
          <input
            class="drawer-search"
            type="search"
            placeholder={texts.conversations.search}
            aria-label={texts.conversations.search}
            value={search}
            onInput={(event) => setSearch(event.currentTarget.value)}
          />
        )}
        {all?.length === 0 && kept === 'kept' && <p class="drawer-empty">{texts.conversations.empty}</p>}
        {all && all.length > 0 && found?.length === 0 && (
          <p class="drawer-empty">{texts.conversations.none}</p>
        )}
        <ul class="drawer-list">
          {found?.map((conversation) => (
            <ConversationItem
              key={conversation.id}
              conversation={conversation}
              isCurrent={conversation.id === current}
              onOpen={() => open(conversation.id)}
              onChanged={load}
            />
          ))}
        </ul>
      </div>
    </dialog>
  );
}
