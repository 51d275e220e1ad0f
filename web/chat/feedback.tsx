import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { useApp } from '../app-context.ts';
import { Icon } from '../controls/icon.tsx';
import { texts } from '../texts.ts';
import { usedSources } from './answer-state.ts';
import type { Rating, Turn } from './conversation.ts';

type State = 'idle' | 'why' | 'sending' | 'sent' | 'failed';
const longestWhy = 1000;

/** Thumbs under an answer. The bad one asks for a word of why before it is sent; without one will do. */
export function Feedback({ turn }: { turn: Turn }) {
  const { api, conversation } = useApp();
  const [state, setState] = useState<State>('idle');
  const down = useRef<HTMLButtonElement>(null);

  async function send(rating: Rating, why?: string): Promise<void> {
    setState('sending');
    const sources = usedSources(turn.answer).map(({ path, anchor }) => ({ path, anchor }));
    const question = turn.answer.question ?? turn.question;
    const sent = await api.rate({ question, rating, sources, ...(why && { why }) });
    setState(sent.ok ? 'sent' : 'failed');
    if (sent.ok) conversation.rate(turn.id, rating);
  }
  const leave = () => {
    setState('idle');
    down.current?.focus();
  };
  const isFinal = turn.rating !== undefined || state === 'sending';
  const message = state === 'sent' ? texts.feedback.thanks : state === 'failed' ? texts.feedback.failed : '';
  return (
    <>
      {/* biome-ignore lint/a11y/useSemanticElements: two buttons are no form */}
      <div class="thumbs" role="group" aria-label={texts.feedback.label}>
        <button
          type="button"
          class="icon-button"
          aria-label={texts.feedback.up}
          title={texts.feedback.up}
          aria-pressed={turn.rating === 'up'}
          aria-disabled={isFinal}
          onClick={() => isFinal || void send('up')}
        >
          <Icon name="thumbUp" />
        </button>
        <button
          ref={down}
          type="button"
          class="icon-button"
          aria-label={texts.feedback.down}
          title={texts.feedback.down}
          aria-pressed={turn.rating === 'down'}
          aria-expanded={state === 'why'}
          aria-disabled={isFinal}
          onClick={() => isFinal || setState(state === 'why' ? 'idle' : 'why')}
        >
          <Icon name="thumbDown" />
        </button>
      </div>
      {state === 'why' && (
        <WhyForm
          onSend={(why) => {
            down.current?.focus();
            void send('down', why);
          }}
          onLeave={leave}
        />
      )}
      <p class="feedback-word" role="status">
        {message}
      </p>
    </>
  );
}

function WhyForm(props: { onSend(why: string): void; onLeave(): void }) {
  const field = useRef<HTMLInputElement>(null);
  useLayoutEffect(() => field.current?.focus(), []);
  return (
    <form
      class="feedback-why"
      onSubmit={(event) => {
        event.preventDefault();
        props.onSend(field.current?.value.trim() ?? '');
      }}
    >
      <label>
        <span>{texts.feedback.why}</span>
        <input
          ref={field}
          type="text"
          dir="auto"
          maxLength={longestWhy}
          onKeyDown={(event) => {
            if (event.key !== 'Escape') return;
            event.preventDefault();
            props.onLeave();
          }}
        />
      </label>
      <button type="submit" class="button">
        {texts.feedback.send}
      </button>
      <button type="button" class="quiet-button" onClick={props.onLeave}>
        {texts.answer.cancel}
      </button>
    </form>
  );
}
