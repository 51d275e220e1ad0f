import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeAnswer } from '../../../server/answer/answer.ts';
import type { ChatModel, ModelMessage } from '../../../server/answer/chat-model.ts';
import type { Disagreement, Source } from '../../../server/events.ts';
import { type Answered, askFor, type DocsStore, openDocsStore } from './docs-store.ts';

const shared =
  'Ask your manager two weeks ahead. Put the days into the calendar of the team. Nobody answers mail on a day off. Tell who stands in for you. Holidays of the company come on top.';
const files = {
  'leave.md': '# Leave\n\nYou get 25 days of leave a year.\n',
  'benefits.md': '# Benefits\n\nThe gym is free.\n\n## Time off\n\nYou get **28 days** of leave a year.\n',
  'vpn.md': `# VPN\n\nThe VPN is required at home. ${shared}\n`,
  'vpn-new.md': `# VPN\n\nThe VPN is not required at home. ${shared}\n`,
  'support-gold.md': '# Gold support\n\nA helper calls back within 2 hours.\n',
  'support-silver.md': '# Silver support\n\nA helper calls back within 8 hours.\n',
};
const ages = {
  'leave.md': '2026-03-01T08:00:00.000Z',
  'benefits.md': '2024-03-01T08:00:00.000Z',
  'vpn.md': '2023-01-01T08:00:00.000Z',
  'vpn-new.md': '2025-01-01T08:00:00.000Z',
};
const leave = 'How many days of leave do I get a year?';

let docs: DocsStore;
beforeAll(async () => {
  docs = await openDocsStore(files, ages);
}, 300_000);
afterAll(() => docs?.close());

function toldIn({ events }: Answered): Disagreement[] {
  return events.flatMap((event) => (event.type === 'disagreement' ? [event] : []));
}

/** Each side opens at its very words, under the number of its section. */
function expectPlaced({ sides }: Disagreement, sources: readonly Source[]): void {
  for (const { n, path, anchor, quote, start, end, changedAt } of sides) {
    expect(docs.files[path]?.slice(start, end).replaceAll('*', '')).toBe(quote);
    expect(sources.find((source) => source.n === n)).toMatchObject({ path, anchor, changedAt });
  }
}

describe('a quoted answer from docs that disagree', () => {
  test('tells both sides, newest first, before its end', async () => {
    const asked = await askFor(makeAnswer(docs), leave);
    const told = toldIn(asked);
    expect(told.map(({ sides }) => sides.map(({ path, quote }) => [path, quote]))).toEqual([
      [
        ['leave.md', 'You get 25 days of leave a year.'],
        ['benefits.md', 'You get 28 days of leave a year.'],
      ],
    ]);
    for (const each of told) expectPlaced(each, asked.sources);
    expect(asked.order.slice(-2)).toEqual(['disagreement', 'done']);
    expect(asked.order.indexOf('disagreement')).toBeGreaterThan(asked.order.indexOf('delta'));
  });

  test('compares also with a page that is nearly the same, and so isn’t read', async () => {
    const asked = await askFor(makeAnswer(docs), 'Is the VPN required at home?');
    const [told] = toldIn(asked);
    expect(told?.sides.map(({ path }) => path)).toEqual(['vpn-new.md', 'vpn.md']);
    if (told) expectPlaced(told, asked.sources);
    expect(new Set(asked.sources.map(({ n }) => n)).size).toBe(asked.sources.length);
  });

  test.each(['How fast does a helper call back?', 'What is an RMM?', 'What is the boiling point of iron?'])(
    'tells of none where there is none: %s',
    async (question) => {
      expect(toldIn(await askFor(makeAnswer(docs), question))).toEqual([]);
    },
  );
});

describe('a written answer', () => {
  function modelThatSays(reply: string): ChatModel & { readonly asked: ModelMessage[][] } {
    const asked: ModelMessage[][] = [];
    return {
      name: 'fake',
      contextTokens: 8_192,
      asked,
      async *stream(messages) {
        asked.push([...messages]);
        yield reply;
      },
      complete: async () => '',
    };
  }

  test('is followed by both sides, and its model is told of them', async () => {
    const chatModel = modelThatSays('You get 25 days of leave a year [1].');
    const asked = await askFor(makeAnswer({ ...docs, chatModel }), leave);
    const [told] = toldIn(asked);
    expect(told?.sides.map(({ path }) => path)).toEqual(['leave.md', 'benefits.md']);
    if (told) expectPlaced(told, asked.sources);
    expect(asked.order.slice(-2)).toEqual(['disagreement', 'done']);
    const numbers = told?.sides.map(({ n }) => `[${n}]`).join(' and ');
    const prompt = chatModel.asked[0]?.at(-1)?.content;
    expect(prompt).toContain(`Passages ${numbers} contradict each other on this (newest first).`);
  });

  test('gives its model the side that the search had folded away, to cite it', async () => {
    const chatModel = modelThatSays('The VPN is not required at home [1].');
    const asked = await askFor(makeAnswer({ ...docs, chatModel }), 'Is the VPN required at home?');
    const prompt = chatModel.asked[0]?.at(-1)?.content ?? '';
    expect(prompt).toContain('The VPN is required at home.');
    expect(prompt).toContain('The VPN is not required at home.');
    expect(asked.claims.map(({ status }) => status)).toEqual(['quoted']);
  });

  test('of which the model says that the docs don’t answer tells of nothing', async () => {
    const asked = await askFor(makeAnswer({ ...docs, chatModel: modelThatSays('NOT_IN_DOCS') }), leave);
    expect(asked.done.mode).toBe('abstained');
    expect(toldIn(asked)).toEqual([]);
  });
});
