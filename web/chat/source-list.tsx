import type { Source } from '../../server/events.ts';
import { useApp } from '../app-context.ts';
import { keyOf } from '../changes/section-change.ts';
import { useStore } from '../store.ts';
import { texts } from '../texts.ts';
import { type Answer, type Cited, citedAt, usedSources } from './answer-state.ts';
import { whereOf } from './where-of.ts';

/** The sources under an answer; a click opens one at its first quote. */
export function SourceList(props: { answer: Answer; title: string; open(cited: Cited): void }) {
  const sources = usedSources(props.answer);
  const changes = useStore(useApp().keeper.changes);
  if (sources.length === 0) return null;
  return (
    <section class="sources" aria-label={props.title}>
      <h3 class="label">{props.title}</h3>
      <ol>
        {sources.map((source) => {
          const where = whereOf(source);
          const change = changes.get(keyOf(source));
          return (
            <li key={source.n}>
              <button
                type="button"
                class="source-link"
                onClick={() =>
                  props.open(
                    citedAt({ ...props.answer, claims: firstQuotes(props.answer, source) }, source.n, 0) ?? {
                      source,
                    },
                  )
                }
              >
                <span class="card-number">{source.n}</span>
                <span class="source-where">
                  <strong>{where.at(-1)}</strong>
                  {change && <em>{texts.changes.badge[change.status]}</em>}
                  {where.length > 1 && <span>{where.slice(0, -1).join(' › ')}</span>}
                </span>
              </button>
            </li>
          );
        })}
      </ol>
    </section>
  );
}

function firstQuotes(answer: Answer, source: Source): Answer['claims'] {
  return answer.claims.filter((claim) => claim.citations.some((citation) => citation.n === source.n));
}
