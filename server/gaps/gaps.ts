import type { Embedder } from '../../knowledge/embedder.ts';
import { decide } from '../../knowledge/quoted/decide.ts';
import { retrieve } from '../../knowledge/quoted/retrieve.ts';
import type { Snapshot, StoreReader } from '../../knowledge/snapshot.ts';
import type { Feedback, GapGroup, GapList } from '../events.ts';
import type { GapStore, SeenSection } from './gap-store.ts';
import { byWording, type Group, groupAlike, timesOf } from './group-gaps.ts';
import { areAlike, makeMeaning } from './likeness.ts';

/** What readers' ratings go to, and what the docs' owner reads. */
export type Gaps = {
  /** Keeps a rating. Throws the `DocentError`s of store and embedder, and what SQLite throws. */
  rate(feedback: Feedback): Promise<void>;
  list(): Promise<GapList>;
};

export type GapsDeps = {
  readonly gapStore: GapStore;
  readonly store: StoreReader;
  readonly embedder: Embedder;
};

/** Newest rows that a list is made of, and wordings among them. */
const ROWS = 5_000;
const WORDINGS = 500;
/** Groups whose question is put to the index anew for one list; the rest wait for the next. */
const LOOKS = 40;
/** Sections that decide an answer; see `missingNames`. */
const DECISIVE = 3;
const SHOWN = 5;

/** Ratings and open questions over one index, which is asked anew once for each of its versions. */
export function makeGaps({ gapStore, store, embedder }: GapsDeps): Gaps {
  const meaningOf = makeMeaning(embedder);
  const looked = new Map<string, boolean>();
  let lookedAt = '';
  let listing: Promise<GapList> | undefined;

  async function list(): Promise<GapList> {
    const snapshot = await store.current();
    const edition = `${snapshot.version} ${snapshot.createdAt}`;
    if (edition !== lookedAt) looked.clear();
    lookedAt = edition;
    const asked = byWording(await gapStore.open(ROWS)).slice(0, WORDINGS);
    const meanings = new Map<string, Awaited<ReturnType<typeof meaningOf>>>();
    for (const { question } of asked) meanings.set(question, await meaningOf(question));
    const groups = groupAlike(asked, (a, b) => {
      const [one, other] = [meanings.get(a.question), meanings.get(b.question)];
      return one !== undefined && other !== undefined && areAlike(one, other);
    });
    let left = LOOKS;
    const listed: GapGroup[] = [];
    for (const group of groups) {
      const key = `${group[0].question}\n${newestOf(group).time}`;
      let resolved = looked.get(key);
      if (resolved === undefined && left > 0) {
        left -= 1;
        resolved = await answersNow(group, { snapshot, embedder });
        looked.set(key, resolved);
      }
      listed.push(shownOf(group, resolved));
    }
    listed.sort(
      (a, b) => Number(a.resolved ?? false) - Number(b.resolved ?? false) || timesOf(b) - timesOf(a),
    );
    return { groups: listed, rated: await gapStore.ratings(), retentionDays: gapStore.retentionDays };
  }

  return {
    async rate({ question, rating, why, sources = [] }) {
      const snapshot = await store.current();
      const found = await retrieve(question, { snapshot, embedder });
      const { score } = decide(found);
      const cited = await knownSections(snapshot, sources);
      const seen = found.passages.map(({ path, anchor, headings, hash }) => ({
        path,
        anchor,
        headings,
        hash,
      }));
      const others = seen.filter(({ path, anchor }) =>
        cited.every((each) => each.path !== path || each.anchor !== anchor),
      );
      const kind = rating === 'up' ? 'rated-up' : 'rated-down';
      await gapStore.record({
        question,
        kind,
        score,
        nearest: [...cited, ...others],
        ...(why && { why }),
      });
    },
    list() {
      listing ??= list().finally(() => {
        listing = undefined;
      });
      return listing;
    },
  };
}

/**
 * Whether the index answers the group's question by now, and from some text that wasn't seen when it was
 * asked: a badly rated answer that is still the same resolves nothing.
 */
async function answersNow(
  group: Group,
  deps: { readonly snapshot: Snapshot; readonly embedder: Embedder },
): Promise<boolean> {
  const found = await retrieve(group[0].question, deps);
  if (decide(found).verdict !== 'answer') return false;
  const seen = new Set(group.flatMap(({ nearest }) => nearest.map(({ hash }) => hash)));
  return found.passages.slice(0, DECISIVE).some(({ hash }) => !seen.has(hash));
}

async function knownSections(
  snapshot: Snapshot,
  sources: NonNullable<Feedback['sources']>,
): Promise<SeenSection[]> {
  const documents = await snapshot.documents();
  return sources.flatMap(({ path, anchor }) => {
    const document = documents.find((each) => each.path === path);
    const section = document?.sections.find((each) => each.anchor === anchor);
    return section ? [{ path, anchor, headings: section.headings, hash: section.hash }] : [];
  });
}

function newestOf(group: Group): Group[number] {
  return group.reduce((newest, each) => (each.time > newest.time ? each : newest));
}

function shownOf(group: Group, resolved: boolean | undefined): GapGroup {
  const newest = newestOf(group);
  const [near] = newest.nearest;
  const sum = (count: (asked: Group[number]) => number) =>
    group.reduce((total, each) => total + count(each), 0);
  return {
    question: group[0].question,
    alike: group.slice(1, 1 + SHOWN).map(({ question }) => question),
    unanswered: sum(({ unanswered }) => unanswered),
    ratedDown: sum(({ ratedDown }) => ratedDown),
    why: group.flatMap(({ why }) => why).slice(0, SHOWN),
    score: newest.score,
    lastAsked: new Date(newest.time).toISOString(),
    ...(near && { nearest: { path: near.path, anchor: near.anchor, headings: near.headings } }),
    ...(resolved !== undefined && { resolved }),
  };
}
