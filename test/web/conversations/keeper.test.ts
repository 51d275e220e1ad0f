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
};

/** A chat; each answer cites a section of its own, all of the same text. */
function chatIn({ hasRoom = () => true, section = asCited }: Browser = {}) {
  const saved = new Map<string, SavedConversation>();
  const change: Shelf['change'] = async (id, next) => {
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
      yield { type: 'done', mode: 'quoted', score: 1, version: 1, timings: {} };
    },
    schedule: (run) => run(),
  });
  const keeper = makeKeeper({
    conversation,
    shelf: {
      all: async () => [...saved.values()],
      get: async (id) => saved.get(id),
      change,
      remove: async (id) => void saved.delete(id),
    },
    api: {
      section,
      documents: async () => ({ ok: false, error: { code: 'unreachable', message: '' } }),
      document: async () => ({ ok: false, error: { code: 'unreachable', message: '' } }),
    },
    now: () => '2026-02-02T00:00:00.000Z',
  });
  return { conversation, keeper, first: () => [...saved.values()][0] };
}

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
