import { useEffect, useState } from 'preact/hooks';
import type { Status } from '../../server/events.ts';
import type { Api } from '../api/get-json.ts';
import { Icon } from '../controls/icon.tsx';
import { PageHeader } from '../page-header.tsx';
import { texts } from '../texts.ts';
import { AnswersCard, IndexCard, ServerCard } from './cards.tsx';
import { IngestCard } from './ingest-card.tsx';
import { words } from './words.ts';

const LOOK_MS = 10_000;

type Shown = {
  readonly status?: Status;
  readonly at?: number;
  /** Why it isn't newer. */
  readonly fault?: string;
};

/** How the server is, for who runs it. Looks again by itself as long as somebody sees it. */
export function StatusPage({ status }: { status: Api['status'] }) {
  const [shown, setShown] = useState<Shown>({});
  useEffect(() => {
    async function look(): Promise<void> {
      const found = await status();
      if (found.ok) setShown({ status: found.value, at: Date.now() });
      else setShown((before) => ({ ...before, fault: found.error.message }));
    }
    const lookIfSeen = () => {
      if (document.visibilityState === 'visible') void look();
    };
    void look();
    const timer = setInterval(lookIfSeen, LOOK_MS);
    document.addEventListener('visibilitychange', lookIfSeen);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', lookIfSeen);
    };
  }, [status]);
  return (
    <>
      <PageHeader name={texts.brand} />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard */}
      <main id="main" class="status" tabIndex={0}>
        <div class="status-column">
          <h1 class="docs-title">{words.title}</h1>
          <Overall {...shown} />
          {shown.status && (
            <>
              <div class="status-cards">
                <IndexCard index={shown.status.index} />
                <AnswersCard {...shown.status} />
                <ServerCard {...shown.status} />
              </div>
              <IngestCard ingest={shown.status.ingest} />
            </>
          )}
          {shown.at !== undefined && (
            <p class="docs-meta">{words.again(words.time(new Date(shown.at).toISOString()))}</p>
          )}
        </div>
      </main>
    </>
  );
}

/** The one line that most come for. It is told aloud only when it changes. */
function Overall({ status, fault }: Shown) {
  if (!status) {
    return fault === undefined ? (
      <p class="lead">{words.loading}</p>
    ) : (
      <p class="status-state is-bad" role="alert">
        <Icon name="warning" />
        {fault}
      </p>
    );
  }
  const [kind, text] = fault === undefined ? stateOf(status) : (['warn', words.states.stale] as const);
  return (
    <p class={`status-state is-${kind}`} role="status">
      <Icon name={kind === 'well' ? 'check' : 'warning'} />
      {text}
    </p>
  );
}

function stateOf({ index, model, ingest }: Status): readonly ['well' | 'warn' | 'bad', string] {
  if (!index.readable) return ['bad', words.states.index];
  if (model?.reachable === false) return ['warn', words.states.quoting];
  if (ingest && ingest.failedFiles > 0) return ['warn', words.states.failed];
  return ['well', words.states.well];
}
