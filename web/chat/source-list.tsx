import type { Citation, Source } from '../../server/events.ts';
import { useApp } from '../app-context.ts';
import { keyOf } from '../changes/section-change.ts';
import { useStore } from '../store.ts';
import { texts } from '../texts.ts';
import { type Answer, type Cited, citationsOf, citedAt, usedSources } from './answer-state.ts';
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
                onClick={() => props.open(firstCited(props.answer, source))}
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

/** The source at the words that a claim cites first, or else at those that disagree. */
function firstCited(answer: Answer, source: Source): Cited {
  const isOf = ({ n }: Citation) => n === source.n;
  const claims = answer.claims.filter(({ citations }) => citations.some(isOf));
  const citation = citedAt({ ...answer, claims }, source.n, 0)?.citation ?? citationsOf(answer).find(isOf);
  return citation ? { source, citation } : { source };
}
