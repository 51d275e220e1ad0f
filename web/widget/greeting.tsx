import type { Info } from '../../server/events.ts';
import type { Loaded } from '../api/get-json.ts';
import { Failure } from '../chat/failure.tsx';
import { QuestionList } from '../chat/question-list.tsx';
import { showDate } from '../controls/show-date.ts';
import { texts } from '../texts.ts';
import type { WidgetOptions } from './options.ts';

/** The panel before the first question. */
export function Greeting(props: {
  info: Loaded<Info> | undefined;
  options: WidgetOptions;
  onReload(): void;
}) {
  const { options } = props;
  const info = props.info?.ok ? props.info.value : undefined;
  return (
    <div class="greeting">
      <p class="greeting-words" dir="auto">
        {options.greeting}
      </p>
      {props.info && !props.info.ok && <Failure error={props.info.error} onRetry={props.onReload} />}
      {info && info.suggestions.length > 0 && (
        <section class="suggestions" aria-label={texts.start.suggestions}>
          <h3 class="label">{texts.start.suggestions}</h3>
          <QuestionList questions={info.suggestions.slice(0, 3)} />
        </section>
      )}
      {info && (
        <p class="start-foot">
          <a href={`${options.origin}/docs/`} target="_blank" rel="noopener">
            {texts.start.corpus(info.documents, showDate(info.ingestedAt))}
          </a>
        </p>
      )}
    </div>
  );
}
