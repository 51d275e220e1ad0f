import type { RefObject } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { useApp } from '../app-context.ts';
import { Icon, type IconName } from '../controls/icon.tsx';
import { showDate } from '../controls/show-date.ts';
import { texts } from '../texts.ts';
import { conversationJson, conversationMarkdown, download, fileNameOf } from './export-conversation.ts';
import type { SavedConversation } from './saved-conversation.ts';

type Props = {
  conversation: SavedConversation;
  isCurrent: boolean;
  /** Takes the focus when it is drawn, since it was just put back. */
  hasFocus: boolean;
  onOpen(): void;
  onChanged(): void;
  onRemove(): void;
};

/** One kept conversation, with what can be done to it. */
export function ConversationItem(props: Props) {
  const { conversation, isCurrent, onOpen, onChanged, onRemove } = props;
  const { keeper } = useApp();
  const [renaming, setRenaming] = useState(false);
  const wasRenaming = useRef(false);
  const opener = useRef<HTMLButtonElement>(null);
  const renamer = useRef<HTMLButtonElement>(null);
  useLayoutEffect(() => {
    if (props.hasFocus) opener.current?.focus();
  }, []);
  useLayoutEffect(() => {
    if (wasRenaming.current && !renaming) renamer.current?.focus();
    wasRenaming.current = renaming;
  }, [renaming]);
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
        ref={opener}
        type="button"
        class="drawer-open"
        aria-current={isCurrent ? 'true' : undefined}
        onClick={onOpen}
      >
        <strong dir="auto">{conversation.name}</strong>
        <span>{showDate(conversation.changedAt)}</span>
      </button>
      <div class="drawer-tools">
        <Tool
          field={renamer}
          icon="edit"
          label={texts.conversations.rename}
          onClick={() => setRenaming(true)}
        />
        <Tool
          icon="download"
          text="Markdown"
          label={texts.conversations.markdown}
          onClick={() => saveAs('md')}
        />
        <Tool icon="download" text="JSON" label={texts.conversations.json} onClick={() => saveAs('json')} />
        <Tool icon="trash" label={texts.conversations.remove} onClick={onRemove} />
      </div>
    </li>
  );
}

/** A conversation that was just deleted, in its place: until the list is closed it can be put back. */
export function RemovedItem(props: { name: string; hasFocus: boolean; onUndo(): void }) {
  const undo = useRef<HTMLButtonElement>(null);
  useLayoutEffect(() => {
    if (props.hasFocus) undo.current?.focus();
  }, []);
  return (
    <li class="drawer-item drawer-removed">
      <span dir="auto">{texts.conversations.removed(props.name)}</span>
      <button
        ref={undo}
        type="button"
        class="button"
        aria-label={texts.conversations.undoOf(props.name)}
        onClick={props.onUndo}
      >
        {texts.conversations.undo}
      </button>
    </li>
  );
}

type ToolProps = {
  icon: IconName;
  label: string;
  text?: string;
  field?: RefObject<HTMLButtonElement | null>;
  onClick(): void;
};

function Tool(props: ToolProps) {
  return (
    <button
      ref={props.field ?? null}
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
  useLayoutEffect(() => {
    field.current?.focus();
    field.current?.select();
  }, []);
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
