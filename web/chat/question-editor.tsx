import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { texts } from '../texts.ts';
import { questionLimit } from './composer.tsx';

/** Changes the last question; saving asks it in place of the old one. */
export function QuestionEditor(props: {
  question: string;
  onSave(question: string): void;
  onCancel(): void;
}) {
  const [text, setText] = useState(props.question);
  const field = useRef<HTMLTextAreaElement>(null);
  useLayoutEffect(() => {
    field.current?.focus();
    field.current?.select();
  }, []);
  const save = () => {
    const question = text.trim();
    if (question !== '' && question.length <= questionLimit) props.onSave(question);
  };
  return (
    <form
      class="question-editor"
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <textarea
        ref={field}
        rows={Math.min(8, Math.max(2, Math.ceil(text.length / 60)))}
        dir="auto"
        maxLength={questionLimit}
        aria-label={texts.answer.edit}
        value={text}
        onInput={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') {
            event.preventDefault();
            props.onCancel();
          }
          if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
          event.preventDefault();
          save();
        }}
      />
      <div class="button-row">
        <button type="submit" class="button is-primary">
          {texts.answer.save}
        </button>
        <button type="button" class="button" onClick={props.onCancel}>
          {texts.answer.cancel}
        </button>
      </div>
    </form>
  );
}
