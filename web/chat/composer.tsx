import type { RefObject } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { Icon } from '../controls/icon.tsx';
import { texts } from '../texts.ts';

/** The longest question that the server takes, in UTF-16 units. */
export const questionLimit = 4000;
const warnFrom = questionLimit - 400;

type Props = {
  placeholder: string;
  running: boolean;
  onAsk(question: string): void;
  onStop(): void;
  field?: RefObject<HTMLTextAreaElement | null>;
};

/** The field for a question: Enter asks, Shift + Enter starts a new line. */
export function Composer(props: Props) {
  const [text, setText] = useState('');
  const own = useRef<HTMLTextAreaElement>(null);
  const field = props.field ?? own;
  const question = text.trim();
  const allowed = question !== '' && text.length <= questionLimit;
  useLayoutEffect(() => {
    if (!field.current) return;
    field.current.style.height = 'auto';
    field.current.style.height = `${field.current.scrollHeight}px`;
  }, [text, field]);
  const ask = () => {
    if (!allowed) return;
    props.onAsk(question);
    setText('');
  };
  return (
    <form
      class="composer"
      onSubmit={(event) => {
        event.preventDefault();
        ask();
      }}
    >
      <textarea
        ref={field}
        rows={1}
        dir="auto"
        value={text}
        placeholder={props.placeholder}
        aria-label={texts.composer.label}
        aria-describedby="composer-hint"
        aria-invalid={text.length > questionLimit}
        onInput={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
          event.preventDefault();
          ask();
        }}
      />
      <div class="composer-foot">
        <span id="composer-hint" class="composer-hint">
          {text.length > warnFrom ? (
            <span class={text.length > questionLimit ? 'is-over' : ''} role="status">
              {texts.composer.left(questionLimit - text.length)}
            </span>
          ) : (
            <span class="composer-keys">{texts.composer.hint}</span>
          )}
        </span>
        {props.running ? (
          <button
            type="button"
            class="round-button is-stop"
            aria-label={texts.composer.stop}
            onClick={props.onStop}
          >
            <Icon name="stop" />
          </button>
        ) : (
          <button type="submit" class="round-button" aria-label={texts.composer.ask} disabled={!allowed}>
            <Icon name="ask" />
          </button>
        )}
      </div>
    </form>
  );
}
