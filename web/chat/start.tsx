import type { RefObject } from 'preact';
import type { Info } from '../../server/events.ts';
import type { Loaded } from '../api/get-json.ts';
import { useApp } from '../app-context.ts';
import { showDate } from '../controls/show-date.ts';
import { texts } from '../texts.ts';
import { Composer } from './composer.tsx';
import { Failure } from './failure.tsx';
import { QuestionList } from './question-list.tsx';

/** The page before the first question. */
export function Start(props: {
  info: Loaded<Info> | undefined;
  onReload(): void;
  field: RefObject<HTMLTextAreaElement | null>;
}) {
  const { conversation } = useApp();
  const info = props.info?.ok ? props.info.value : undefined;
  const mode =
    info?.mode === 'written' && info.model ? texts.start.writtenMode(info.model) : texts.start.quotedMode;
  return (
    <div class="start">
      <h1>{texts.start.title}</h1>
      <p class="lead">{texts.start.lead}</p>
      <Composer
        field={props.field}
        placeholder={texts.composer.placeholder}
        running={false}
        onAsk={(question) => conversation.ask(question)}
        onStop={() => conversation.stop()}
      />
      {props.info && !props.info.ok && <Failure error={props.info.error} onRetry={props.onReload} />}
      {info && info.suggestions.length > 0 && (
        <section class="suggestions" aria-label={texts.start.suggestions}>
          <h2 class="label">{texts.start.suggestions}</h2>
          <QuestionList questions={info.suggestions.slice(0, 6)} />
        </section>
      )}
      {info && (
        <p class="start-foot">
          <a href="/docs/">{texts.start.corpus(info.documents, showDate(info.ingestedAt))}</a>
          <span>{mode}</span>
        </p>
      )}
    </div>
  );
}
