import { useState } from 'preact/hooks';
import type { Citation, Source } from '../../server/events.ts';
import { useApp } from '../app-context.ts';
import { whereOf } from '../chat/where-of.ts';
import { Icon } from '../controls/icon.tsx';
import { useStore } from '../store.ts';
import { texts } from '../texts.ts';
import { changeLine, urlNow } from './change-words.ts';
import { Difference } from './difference.tsx';
import { findQuote } from './find-quote.ts';
import { type KeptSection, keyOf, type SectionChange } from './section-change.ts';

type Props = {
  source: Source;
  citations: readonly Citation[];
  change: SectionChange;
};

/** What has become of a cited section: the line says it, unfolded it shows the difference and which quotes still stand. */
export function ChangeDetails({ source, citations, change }: Props) {
  const kept = useStore(useApp().keeper.sections)[keyOf(source)];
  const [opened, setOpened] = useState(false);
  return (
    <details
      class="change"
      data-change={keyOf(source)}
      onToggle={(event) => event.currentTarget.open && setOpened(true)}
    >
      <summary>
        <span class="card-number">{source.n}</span>
        <span class="change-where">
          <strong>{whereOf(source).at(-1)}</strong>
          <span class="change-line">{changeLine(change)}</span>
        </span>
        <Icon name="down" class="change-arrow" />
      </summary>
      {opened && (
        <div class="change-body">
          <Quotes citations={citations} kept={kept} change={change} />
          <Difference before={kept?.text} after={change.status === 'gone' ? undefined : change.text} />
        </div>
      )}
    </details>
  );
}

/** Whether the quoted words still stand, those that don't, and the way to where the section is now. */
function Quotes(props: {
  citations: readonly Citation[];
  kept: KeptSection | undefined;
  change: SectionChange;
}) {
  const { citations, kept, change } = props;
  if (change.status === 'gone') {
    return <QuoteList line={texts.changes.quoted} quotes={citations.map(({ quote }) => quote)} />;
  }
  const found = citations.flatMap((citation) => {
    const place = findQuote(citation, kept, change);
    return place ? [{ ...citation, ...place }] : [];
  });
  const lost = citations.filter(({ quote }) => !found.some((other) => other.quote === quote));
  return (
    <>
      {change.status === 'moved' && (
        <p>
          <a href={urlNow(change, found[0])}>{texts.changes.openNow}</a>
        </p>
      )}
      {citations.length > 0 && (
        <QuoteList
          line={texts.changes.stands(citations.length - lost.length, citations.length)}
          icon={lost.length === 0 ? 'check' : 'warning'}
          quotes={lost.map(({ quote }) => quote)}
        />
      )}
    </>
  );
}

function QuoteList(props: { line: string; icon?: 'check' | 'warning'; quotes: readonly string[] }) {
  return (
    <div class="change-quotes">
      <p class={props.icon === 'check' ? 'change-stand is-standing' : 'change-stand'}>
        {props.icon && <Icon name={props.icon} />}
        {props.line}
      </p>
      {props.quotes.map((quote) => (
        <blockquote dir="auto">{quote}</blockquote>
      ))}
    </div>
  );
}
