import { useEffect, useRef, useState } from 'preact/hooks';
import { useApp } from '../app-context.ts';
import { Icon } from '../controls/icon.tsx';
import { useStore } from '../store.ts';
import { texts } from '../texts.ts';
import { ConversationItem, RemovedItem } from './conversation-item.tsx';
import { findConversations, type SavedConversation } from './saved-conversation.ts';

/** A conversation deleted since the list was opened. */
type Removed = { readonly conversation: SavedConversation; readonly wasShown: boolean };

/** The kept conversations, over the page from its side. */
export function ConversationsDrawer(props: { onClose(): void }) {
  const { keeper, shelf, router } = useApp();
  const dialog = useRef<HTMLDialogElement>(null);
  const [all, setAll] = useState<readonly SavedConversation[]>();
  const [search, setSearch] = useState('');
  const [removed, setRemoved] = useState<ReadonlyMap<string, Removed>>(new Map());
  /** Id of the conversation whose row takes the focus when it is drawn. */
  const [focused, setFocused] = useState<string>();
  const [message, setMessage] = useState('');
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
  const remove = async (conversation: SavedConversation) => {
    const wasShown = conversation.id === current;
    const taken = (await keeper.remove(conversation.id)) ?? conversation;
    if (wasShown && router.route.get().name === 'chat') router.rename('/');
    setRemoved(new Map(removed).set(taken.id, { conversation: taken, wasShown }));
    setFocused(taken.id);
    setMessage(texts.conversations.removed(taken.name));
  };
  const putBack = async ({ conversation, wasShown }: Removed) => {
    if ((await keeper.putBack(conversation)) !== 'kept') return;
    if (wasShown && keeper.current.get() === undefined) await keeper.open(conversation.id);
    setAll((others = []) => [...others.filter(({ id }) => id !== conversation.id), conversation]);
    setRemoved(new Map([...removed].filter(([id]) => id !== conversation.id)));
    setFocused(conversation.id);
    setMessage(texts.conversations.restored(conversation.name));
  };
  const listed = all && [
    ...all.filter(({ id }) => !removed.has(id)),
    ...[...removed.values()].map(({ conversation }) => conversation),
  ];
  const found = listed && findConversations(listed, search);
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
        {listed && listed.length > 0 && (
          <input
            class="drawer-search"
            type="search"
            placeholder={texts.conversations.search}
            aria-label={texts.conversations.search}
            value={search}
            onInput={(event) => {
              setFocused(undefined);
              setSearch(event.currentTarget.value);
            }}
          />
        )}
        {listed?.length === 0 && kept === 'kept' && <p class="drawer-empty">{texts.conversations.empty}</p>}
        {listed && listed.length > 0 && found?.length === 0 && (
          <p class="drawer-empty">{texts.conversations.none}</p>
        )}
        <ul class="drawer-list">
          {found?.map((conversation) => {
            const { id, name } = conversation;
            const gone = removed.get(id);
            const hasFocus = id === focused;
            if (gone) {
              return (
                <RemovedItem key={id} name={name} hasFocus={hasFocus} onUndo={() => void putBack(gone)} />
              );
            }
            return (
              <ConversationItem
                key={id}
                conversation={conversation}
                isCurrent={id === current}
                hasFocus={hasFocus}
                onOpen={() => open(id)}
                onChanged={load}
                onRemove={() => void remove(conversation)}
              />
            );
          })}
        </ul>
        <p class="visually-hidden" role="status">
          {message}
        </p>
      </div>
    </dialog>
  );
}
