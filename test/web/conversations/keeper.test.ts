import { expect, test } from 'vitest';
import type { ChatEvent, SectionState, Source } from '../../../server/events.ts';
import type { Loaded } from '../../../web/api/get-json.ts';
import { keyOf } from '../../../web/changes/section-change.ts';
import { makeConversation } from '../../../web/chat/conversation.ts';
import { makeKeeper } from '../../../web/conversations/keeper.ts';
import type { SavedConversation } from '../../../web/conversations/saved-conversation.ts';
import type { Shelf } from '../../../web/conversations/shelf.ts';

const source: Source = {
  n: 1,
  path: 'a.md',
  anchor: 'logs',
  headings: ['Logs'],
  title: 'A',
  url: '/docs/a.md#logs',
  excerpt: 'Keep logs.',
  hash: 'h1',
  changedAt: '2026-01-01T00:00:00.000Z',
};
const section = { ...source, status: 'same' as const, text: '## Logs\n\nKeep logs.\n', start: 5, version: 1 };
const asCited = async (): Promise<Loaded<SectionState>> => ({ ok: true, value: section });

type Browser = {
  /** Whether it has room for a conversation. */
  hasRoom?(conversation: SavedConversation): boolean;
  /** Reads a cited section. */
  section?(cited: Pick<Source, 'path' | 'anchor' | 'hash'>): Promise<Loaded<SectionState>>;
  /** Comes before an answer's end. */
  end?: Promise<void>;
  /** Comes before each write. */
  write?(): Promise<void>;
};

/** A chat; each answer cites a section of its own, all of the same text. */
function chatIn({ hasRoom = () => true, section = asCited, end, write }: Browser = {}) {
  const saved = new Map<string, SavedConversation>();
  const waiting: (() => void)[] = [];
  const change: Shelf['change'] = async (id, next) => {
    await write?.();
    const changed = next(saved.get(id));
    if (changed && !hasRoom(changed)) return 'full';
    if (changed) saved.set(id, changed);
    return 'kept';
  };
  const conversation = makeConversation({
    async *streamChat({ messages }): AsyncGenerator<ChatEvent> {
      const hash = `h${(messages.length + 1) / 2}`;
      yield { type: 'sources', sources: [{ ...source, hash }] };
      yield { type: 'delta', text: 'Keep logs.' };
      await end;
      yield { type: 'done', mode: 'quoted', score: 1, version: 1, timings: {} };
    },
    schedule: queueMicrotask,
  });
  const keeper = makeKeeper({
    conversation,
    shelf: {
      all: async () => [...saved.values()],
      get: async (id) => saved.get(id),
      change,
      async remove(id) {
        const removed = saved.get(id);
        saved.delete(id);
        return removed;
      },
    },
    api: {
      section,
      documents: async () => ({ ok: false, error: { code: 'unreachable', message: '' } }),
      document: async () => ({ ok: false, error: { code: 'unreachable', message: '' } }),
    },
    now: () => '2026-02-02T00:00:00.000Z',
    soon: (run) => void waiting.push(run),
  });
  const first = () => [...saved.values()][0];
  const kept = (which = first()) =>
    which?.turns.map(({ question, answer: { status, text } }) => [question, status, text]);
  const aWhileLater = () => {
    for (const run of waiting.splice(0)) run();
  };
  return { conversation, keeper, saved, first, kept, aWhileLater };
}

const never = new Promise<void>(() => undefined);

test('a conversation is kept with what its cited sections say', async () => {
  const { conversation, keeper, first } = chatIn();
  conversation.ask('How long?');
  await expect
    .poll(() => first()?.sections)
    .toEqual({ [keyOf(source)]: { text: section.text, start: section.start } });
  expect([keeper.kept.get(), first()?.turns.length]).toEqual(['kept', 1]);
});

test('a conversation for whose sections there is no room is kept without them', async () => {
  const { conversation, keeper, first } = chatIn({ hasRoom: ({ sections }) => sections === undefined });
  conversation.ask('How long?');
  await expect.poll(() => Object.keys(keeper.sections.get())).toEqual([keyOf(source)]);
  const id = first()?.id ?? '';
  conversation.rate(first()?.turns[0]?.id ?? '', 'up');
  await expect.poll(() => first()?.turns[0]?.rating).toBe('up');
  expect([first()?.id, first()?.sections, keeper.kept.get()]).toEqual([id, undefined, 'kept']);
});

test('another conversation has none of the sections of the one before', async () => {
  const { conversation, keeper, first } = chatIn();
  conversation.ask('How long?');
  await expect.poll(() => first()?.sections).toBeDefined();
  const id = first()?.id ?? '';
  keeper.begin();
  expect(keeper.sections.get()).toEqual({});
  await keeper.open(id);
  expect(keeper.sections.get()).toEqual({ [keyOf(source)]: { text: section.text, start: section.start } });
});

test('answers that end close together are kept with the sections of each, whichever is read first', async () => {
  let release = (): void => undefined;
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  const { conversation, keeper, first } = chatIn({
    section: async ({ hash }) => {
      // The first answer's section comes last.
      if (hash === 'h1') await held;
      return asCited();
    },
  });
  const keys = ['h1', 'h2', 'h3'].map((hash) => keyOf({ ...source, hash }));
  for (const question of ['How long?', 'Why?', 'Where?']) {
    conversation.ask(question);
    await expect.poll(() => conversation.turns.get().at(-1)?.answer.status).toBe('done');
  }
  release();
  await expect.poll(() => Object.keys(first()?.sections ?? {}).sort()).toEqual(keys);
  expect([Object.keys(keeper.sections.get()).sort(), first()?.turns.length]).toEqual([keys, 3]);
});

test('a new name leaves what was said meanwhile', async () => {
  const { conversation, keeper, first } = chatIn();
  conversation.ask('How long?');
  await expect.poll(() => first()?.sections).toBeDefined();
  conversation.ask('Why?');
  await keeper.rename(first()?.id ?? '', ' Logs ');
  await expect.poll(() => first()?.turns.length).toBe(2);
  expect(first()?.name).toBe('Logs');
});

test('a question is kept as soon as it is asked, and its answer as far as it has come', async () => {
  const { conversation, kept, aWhileLater } = chatIn({ end: never });
  conversation.ask('How long?');
  await expect.poll(kept).toEqual([['How long?', 'stopped', '']]);
  await expect.poll(() => conversation.turns.get()[0]?.answer.text).toBe('Keep logs.');
  expect(kept()).toEqual([['How long?', 'stopped', '']]);
  aWhileLater();
  await expect.poll(kept).toEqual([['How long?', 'stopped', 'Keep logs.']]);
  expect(conversation.turns.get()[0]?.answer.status).toBe('streaming');
});

test('leaving in the middle of an answer keeps what has come of it', async () => {
  const { conversation, keeper, saved, kept } = chatIn({ end: never });
  conversation.ask('How long?');
  await expect.poll(() => conversation.turns.get()[0]?.answer.text).toBe('Keep logs.');
  keeper.begin();
  await expect.poll(kept).toEqual([['How long?', 'stopped', 'Keep logs.']]);
  conversation.ask('Why?');
  await expect.poll(() => conversation.turns.get()[0]?.answer.text).toBe('Keep logs.');
  const [id = '', other = ''] = [...saved.keys()];
  expect(await keeper.open(id)).toBe(true);
  expect(kept(saved.get(other))).toEqual([['Why?', 'stopped', 'Keep logs.']]);
  expect(conversation.turns.get().map(({ question }) => question)).toEqual(['How long?']);
});

test('an answer that was left doesn’t touch the conversation opened in its place', async () => {
  let release = (): void => undefined;
  const end = new Promise<void>((resolve) => {
    release = resolve;
  });
  const { conversation, keeper } = chatIn({ end });
  conversation.ask('How long?');
  await expect.poll(() => conversation.turns.get()[0]?.answer.text).toBe('Keep logs.');
  keeper.begin();
  const shown = conversation.turns.get();
  release();
  await end;
  await new Promise((resolve) => setImmediate(resolve));
  expect(conversation.turns.get()).toBe(shown);
});

test('no write overtakes a later one, however long it takes', async () => {
  let release = (): void => undefined;
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  let writes = 0;
  const { conversation, kept } = chatIn({ write: () => (writes++ === 0 ? held : Promise.resolve()) });
  conversation.ask('How long?');
  await expect.poll(() => conversation.turns.get()[0]?.answer.status).toBe('done');
  release();
  await expect.poll(() => writes).toBeGreaterThan(1);
  expect(kept()).toEqual([['How long?', 'done', 'Keep logs.']]);
});

test('a conversation deleted in the middle of an answer is put back with what had come', async () => {
  const { conversation, keeper, saved, first, kept } = chatIn({ end: never });
  conversation.ask('How long?');
  await expect.poll(() => conversation.turns.get()[0]?.answer.text).toBe('Keep logs.');
  const removed = await keeper.remove(first()?.id ?? '');
  expect([saved.size, conversation.turns.get(), keeper.current.get()]).toEqual([0, [], undefined]);
  if (removed) await keeper.putBack(removed);
  expect(kept()).toEqual([['How long?', 'stopped', 'Keep logs.']]);
});
