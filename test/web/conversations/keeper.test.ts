import { expect, test } from 'vitest';
import type { ChatEvent, Source } from '../../../server/events.ts';
import { keyOf } from '../../../web/changes/section-change.ts';
import { makeConversation } from '../../../web/chat/conversation.ts';
import { makeKeeper } from '../../../web/conversations/keeper.ts';
import type { SavedConversation } from '../../../web/conversations/saved-conversation.ts';
import type { Kept } from '../../../web/conversations/shelf.ts';

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

/** A chat in a browser with room for some conversations only. */
function chatWithRoom(hasRoom: (conversation: SavedConversation) => boolean = () => true) {
  const saved = new Map<string, SavedConversation>();
  const put = (conversation: SavedConversation): Kept => {
    if (!hasRoom(conversation)) return 'full';
    saved.set(conversation.id, conversation);
    return 'kept';
  };
  const conversation = makeConversation({
    async *streamChat(): AsyncGenerator<ChatEvent> {
      yield { type: 'sources', sources: [source] };
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
      put: async (next) => put(next),
      remove: async (id) => void saved.delete(id),
    },
    api: {
      section: async () => ({ ok: true, value: section }),
      documents: async () => ({ ok: false, error: { code: 'unreachable', message: '' } }),
      document: async () => ({ ok: false, error: { code: 'unreachable', message: '' } }),
    },
    now: () => '2026-02-02T00:00:00.000Z',
  });
  return { conversation, keeper, first: () => [...saved.values()][0] };
}

test('a conversation is kept with what its cited sections say', async () => {
  const { conversation, keeper, first } = chatWithRoom();
  conversation.ask('How long?');
  await expect
    .poll(() => first()?.sections)
    .toEqual({ [keyOf(source)]: { text: section.text, start: section.start } });
  expect([keeper.kept.get(), first()?.turns.length]).toEqual(['kept', 1]);
});

test('a conversation for whose sections there is no room is kept without them', async () => {
  const { conversation, keeper, first } = chatWithRoom(({ sections }) => sections === undefined);
  conversation.ask('How long?');
  await expect.poll(() => Object.keys(keeper.sections.get())).toEqual([keyOf(source)]);
  const id = first()?.id ?? '';
  conversation.rate(first()?.turns[0]?.id ?? '', 'up');
  await expect.poll(() => first()?.turns[0]?.rating).toBe('up');
  expect([first()?.id, first()?.sections, keeper.kept.get()]).toEqual([id, undefined, 'kept']);
});

test('another conversation has none of the sections of the one before', async () => {
  const { conversation, keeper, first } = chatWithRoom();
  conversation.ask('How long?');
  await expect.poll(() => first()?.sections).toBeDefined();
  const id = first()?.id ?? '';
  keeper.begin();
  expect(keeper.sections.get()).toEqual({});
  await keeper.open(id);
  expect(keeper.sections.get()).toEqual({ [keyOf(source)]: { text: section.text, start: section.start } });
});
