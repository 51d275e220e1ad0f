import { useEffect, useState } from 'preact/hooks';
import type { GapGroup, GapList } from '../../server/events.ts';
import { encodePath, type Loaded } from '../api/get-json.ts';
import { useApp } from '../app-context.ts';
import { Failure } from '../chat/failure.tsx';
import { Icon } from '../controls/icon.tsx';
import { showDate } from '../controls/show-date.ts';
import { texts } from '../texts.ts';

/** For the docs' owner: what was asked and isn't answered, or badly, and where to mend it. */
export function GapsPage() {
  const { api } = useApp();
  const [list, setList] = useState<Loaded<GapList>>();
  const load = () => void api.gaps().then(setList);
  useEffect(load, [api]);
  useEffect(() => {
    document.title = `${texts.gaps.title} · ${texts.brand}`;
  }, []);
  const gaps = list?.ok ? list.value : undefined;
  return (
    <main id="main" class="gaps" tabIndex={-1}>
      <div class="gaps-column">
        <div class="gaps-head">
          <h1 class="docs-title">{texts.gaps.title}</h1>
          {gaps && gaps.groups.length > 0 && (
            <a class="button" href="/api/gaps.csv" download>
              <Icon name="download" />
              {texts.gaps.csv}
            </a>
          )}
        </div>
        <p class="lead">{texts.gaps.lead}</p>
        {list && !list.ok && <Failure error={list.error} onRetry={load} />}
        {!list && <p class="stage">{texts.loading}</p>}
        {gaps?.groups.length === 0 && <p class="gaps-empty">{texts.gaps.empty}</p>}
        {gaps && gaps.groups.length > 0 && <GapTable groups={gaps.groups} />}
        {gaps && (
          <p class="start-foot">
            <span>{texts.gaps.rated(gaps.rated.up, gaps.rated.down)}</span>
            <span>{texts.gaps.kept(gaps.retentionDays)}</span>
          </p>
        )}
      </div>
    </main>
  );
}

function GapTable({ groups }: { groups: readonly GapGroup[] }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard
    <section class="table-scroll" aria-label={texts.gaps.title} tabIndex={0}>
      <table class="gaps-table">
        <thead>
          <tr>
            <th scope="col">{texts.gaps.question}</th>
            <th scope="col">{texts.gaps.times}</th>
            <th scope="col">{texts.gaps.last}</th>
            <th scope="col">{texts.gaps.nearest}</th>
            <th scope="col">{texts.gaps.state}</th>
          </tr>
        </thead>
        <tbody>
          {groups.map((group) => (
            <GapRow key={group.question} group={group} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

function GapRow({ group }: { group: GapGroup }) {
  const { question, alike, unanswered, ratedDown, why, lastAsked, nearest, resolved } = group;
  const { gaps } = texts;
  const state = resolved === undefined ? gaps.unknown : resolved ? gaps.resolved : gaps.open;
  return (
    <tr class={resolved ? 'is-resolved' : ''}>
      <th scope="row">
        <a href={`/?ask=${encodeURIComponent(question)}`} title={gaps.ask} dir="auto">
          {question}
        </a>
        <Words label={gaps.alike} words={alike} />
        <Words label={gaps.why} words={why} />
      </th>
      <td data-label={gaps.times}>
        {unanswered > 0 && <span class="gaps-count">{gaps.unanswered(unanswered)}</span>}
        {ratedDown > 0 && <span class="gaps-count">{gaps.ratedDown(ratedDown)}</span>}
      </td>
      <td class="gaps-date" data-label={gaps.last}>
        <span>{showDate(lastAsked)}</span>
      </td>
      <td data-label={gaps.nearest}>
        {nearest ? (
          <a
            href={`/docs/${encodePath(nearest.path)}${nearest.anchor && `#${encodeURIComponent(nearest.anchor)}`}`}
          >
            {nearest.headings.join(' › ') || nearest.path}
          </a>
        ) : (
          <span>{gaps.none}</span>
        )}
      </td>
      <td data-label={gaps.state}>
        <span class={resolved ? 'gaps-state is-resolved' : 'gaps-state'}>
          {resolved && <Icon name="check" />}
          {state}
        </span>
      </td>
    </tr>
  );
}

function Words({ label, words }: { label: string; words: readonly string[] }) {
  if (words.length === 0) return null;
  return (
    <div class="gaps-words">
      <span>{label}</span>
      <ul>
        {words.map((text) => (
          <li key={text} dir="auto">
            {text}
          </li>
        ))}
      </ul>
    </div>
  );
}
