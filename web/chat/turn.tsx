import type { RefObject } from 'preact';
import { useMemo, useRef, useState } from 'preact/hooks';
import { useApp } from '../app-context.ts';
import { ChangedSections } from '../changes/changed-sections.tsx';
import { CopyButton } from '../controls/copy-button.tsx';
import { Icon } from '../controls/icon.tsx';
import { texts } from '../texts.ts';
import { AnswerContext } from './answer-context.ts';
import { type Cited, citedAt, isRunning, isSmallTalk, isUnanswered, usedSources } from './answer-state.ts';
import { AnswerText } from './answer-text.tsx';
import type { Turn } from './conversation.ts';
import { answerMarkdown } from './copy-markdown.ts';
import { Disagreements } from './disagreements.tsx';
import { Failure } from './failure.tsx';
import { Feedback } from './feedback.tsx';
import { FollowUps } from './follow-ups.tsx';
import { QuestionEditor } from './question-editor.tsx';
import { questionLink } from './question-link.ts';
import { SourceList } from './source-list.tsx';
import { StageLine } from './stage-line.tsx';
import { Verdict } from './verdict.tsx';

/** A question with its answer. Only the last one can be edited or asked again. */
export function TurnView(props: { turn: Turn; isLast: boolean; canRate: boolean }) {
  const { conversation } = useApp();
  const [editing, setEditing] = useState(false);
  const { question, answer, id } = props.turn;
  const editButton = useRef<HTMLButtonElement>(null);
  const edit = props.isLast && !isRunning(answer) ? () => setEditing(true) : undefined;
  const leaveEditor = () => {
    setEditing(false);
    editButton.current?.focus();
  };
  return (
    <article class="turn" data-turn={id} aria-busy={isRunning(answer)}>
      {editing ? (
        <QuestionEditor
          question={question}
          onCancel={leaveEditor}
          onSave={(next) => conversation.askAgain(next)}
        />
      ) : (
        <h2 class="question" dir="auto">
          {question}
        </h2>
      )}
      <AnswerView
        turn={props.turn}
        canRate={props.canRate}
        onEdit={edit}
        editButton={editButton}
        onRetry={props.isLast ? () => conversation.askAgain() : undefined}
      />
    </article>
  );
}

type AnswerProps = {
  turn: Turn;
  canRate: boolean;
  onEdit: (() => void) | undefined;
  editButton: RefObject<HTMLButtonElement | null>;
  onRetry: (() => void) | undefined;
};

function AnswerView(props: AnswerProps) {
  const { onRetry } = props;
  const { answer } = props.turn;
  const { reader, origin } = useApp();
  const latest = useRef(answer);
  latest.current = answer;
  const actions = useMemo(
    () => ({
      cited: (n: number, offset: number) => citedAt(latest.current, n, offset),
      open: (cited: Cited) => reader.open(latest.current, cited),
    }),
    [reader],
  );
  const unanswered = isUnanswered(answer);
  return (
    <AnswerContext.Provider value={actions}>
      <div class="answer" data-answer data-mode={answer.done?.mode}>
        {answer.question && <p class="searched">{texts.answer.searchedFor(answer.question)}</p>}
        {unanswered && (
          <p class="abstained-title">
            <Icon name="search" />
            {texts.abstained.title}
          </p>
        )}
        <div class="prose">
          <AnswerText answer={answer} origin={origin} />
        </div>
        <Disagreements answer={answer} open={actions.open} />
        {answer.done?.note && <p class="answer-note">{answer.done.note}</p>}
        <StageLine answer={answer} />
        {answer.status === 'stopped' && <p class="stage">{texts.answer.stopped}</p>}
        {answer.error && (
          <Failure
            error={answer.error}
            label={answer.error.code === 'stream_cut' ? texts.answer.goOn : texts.answer.retry}
            {...(onRetry && { onRetry })}
          />
        )}
        <Verdict answer={answer} />
        {answer.status === 'done' && (
          <SourceList
            answer={answer}
            title={unanswered ? texts.abstained.nearest : texts.answer.sources}
            open={actions.open}
          />
        )}
        {!isRunning(answer) && !unanswered && <ChangedSections answer={answer} />}
        {!isRunning(answer) && <Actions {...props} />}
        {onRetry && answer.status === 'done' && <FollowUps sources={usedSources(answer)} own={unanswered} />}
      </div>
    </AnswerContext.Provider>
  );
}

function Actions({ turn, canRate, onEdit, editButton, onRetry }: AnswerProps) {
  const { keeper, origin = window.location.origin } = useApp();
  const { answer } = turn;
  return (
    <div class="actions">
      {answer.text && <CopyButton label={texts.answer.copy} text={() => answerMarkdown(answer, origin)} />}
      {answer.text && (
        <CopyButton
          label={texts.answer.link}
          icon="link"
          text={() => questionLink(turn, keeper.current.get(), origin)}
        />
      )}
      {onRetry && !answer.error && (
        <button type="button" class="quiet-button" onClick={onRetry}>
          <Icon name="retry" />
          {texts.answer.retry}
        </button>
      )}
      {onEdit && (
        <button ref={editButton} type="button" class="quiet-button" onClick={onEdit}>
          <Icon name="edit" />
          {texts.answer.edit}
        </button>
      )}
      {canRate && answer.status === 'done' && !isSmallTalk(answer) && <Feedback turn={turn} />}
    </div>
  );
}
