import type { Disagreement, Source } from '../../server/events.ts';
import { Icon } from '../controls/icon.tsx';
import { showDate } from '../controls/show-date.ts';
import { texts } from '../texts.ts';
import type { Answer, Cited } from './answer-state.ts';
import { whereOf } from './where-of.ts';

type Side = Disagreement['sides'][number];

/** A side changed on a later day than all others: the first, or none. */
function newestOf({ sides }: Disagreement): Side | undefined {
  const [first, second] = sides;
  return first && second && first.changedAt.slice(0, 10) > second.changedAt.slice(0, 10) ? first : undefined;
}

/** Under an answer: what the docs say of it in two ways, the newest first; a click opens a side at its words. */
export function Disagreements(props: { answer: Answer; open(cited: Cited): void }) {
  const { sources, disagreements = [] } = props.answer;
  if (disagreements.length === 0) return null;
  return (
    <section class="disagreement" aria-label={texts.disagree.title}>
      <h3>
        <Icon name="warning" />
        {texts.disagree.title}
      </h3>
      {disagreements.map((disagreement) => {
        const newest = newestOf(disagreement);
        return (
          <>
            <p>{newest ? texts.disagree.lead : texts.disagree.sameAge}</p>
            <ul class="sides">
              {disagreement.sides.map((side) => (
                <SideView
                  side={side}
                  source={sources.find(({ n }) => n === side.n)}
                  isNewest={side === newest}
                  open={props.open}
                />
              ))}
            </ul>
          </>
        );
      })}
    </section>
  );
}

function SideView(props: {
  side: Side;
  source: Source | undefined;
  isNewest: boolean;
  open(cited: Cited): void;
}) {
  const { side, source, isNewest } = props;
  if (!source) return null;
  return (
    <li>
      <button type="button" class="side" onClick={() => props.open({ source, citation: side })}>
        <span class="side-when">
          {isNewest && <span class="side-newest">{texts.disagree.newest}</span>}
          {texts.cite.changed(showDate(side.changedAt))}
        </span>
        <span class="side-words" dir="auto">
          {side.quote}
        </span>
        <span class="side-where">
          <span class="card-number">{side.n}</span>
          <span>{whereOf(source).join(' › ')}</span>
        </span>
      </button>
    </li>
  );
}
