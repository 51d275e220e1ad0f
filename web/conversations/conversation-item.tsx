import { useEffect, useRef, useState } from 'preact/hooks';
import { useApp } from '../app-context.ts';
import { Icon, type IconName } from '../controls/icon.tsx';
import { showDate } from '../controls/show-date.ts';
import { texts } from '../texts.ts';
import { conversationJson, conversationMarkdown, download, fileNameOf } from './export-conversation.ts';
import type { SavedConversation } from './saved-conversation.ts';

type Props = {
  conversation: SavedConversation;
  isCurrent: boolean;
  onOpen(): void;
  onChanged(): void;
};

/** One kept conversation, with what can be done to it. */
export function ConversationItem({ conversation, isCurrent, onOpen, onChanged }: Props) {
  const { keeper, router } = useApp();
  const [renaming, setRenaming] = useState(false);
  if (renaming) {
    const done = (name?: string) => {
      setRenaming(false);
      if (name !== undefined) void keeper.rename(conversation.id, name).then(onChanged);
    };
    return (
      <li class="drawer-item">
        <NameField name={conversation.name} onDone={done} />
      </li>
    );
  }
  const remove = async () => {
    await keeper.remove(conversation.id);
    if (isCurrent) router.rename('/');
    onChanged();
  };
  const saveAs = (ending: 'md' | 'json') =>
    ending === 'md'
      ? download(
          fileNameOf(conversation, 'md'),
          conversationMarkdown(conversation, location.origin),
          'text/markdown',
        )
      : download(fileNameOf(conversation, 'json'), conversationJson(conversation), 'application/json');
  return (
    <li class="drawer-item">
      <button
        type="button"
        class="drawer-open"
        aria-current={isCurrent ? 'true' : undefined}
        onClick={onOpen}
      >
        <strong dir="auto">{conversation.name}</strong>
        <span>{showDate(conversation.changedAt)}</span>
      </button>
      <div class="drawer-tools">
        <Tool icon="edit" label={texts.conversations.rename} onClick={() => setRenaming(true)} />
        <Tool
          icon="download"
          text="Markdown"
          label={texts.conversations.markdown}
          onClick={() => saveAs('md')}
        />
        <Tool icon="download" text="JSON" label={texts.conversations.json} onClick={() => saveAs('json')} />
        <Tool icon="trash" label={texts.conversations.remove} onClick={() => void remove()} />
      </div>
    </li>
  );
}

function Tool(props: { icon: IconName; label: string; text?: string; onClick(): void }) {
  return (
    <button
      type="button"
      class="quiet-button"
      aria-label={props.label}
      title={props.label}
      onClick={props.onClick}
    >
      <Icon name={props.icon} />
      {props.text}
    </button>
  );
}

function NameField(props: { name: string; onDone(name?: string): void }) {
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.select(), []);
  return (
    <form
      class="drawer-rename"
      onSubmit={(event) => {
        event.preventDefault();
        props.onDone(field.current?.value);
      }}
    >
      <input
        ref={field}
        type="text"
        defaultValue={props.name}
        maxLength={120}
        aria-label={texts.conversations.name}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return;
          event.preventDefault();
          props.onDone();
        }}
      />
      <button type="submit" class="button">
        {texts.conversations.save}
      </button>
    </form>
  );
}
