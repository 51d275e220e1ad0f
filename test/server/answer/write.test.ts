import { describe, expect, test } from 'vitest';
import type { ChatModel, ModelMessage } from '../../../server/answer/chat-model.ts';
import { type Written, write } from '../../../server/answer/write.ts';
import { tokensOf } from '../scripted-model.ts';

const passages = [
  { n: 1, title: 'RMM', headings: ['RMM'], text: 'An RMM watches devices.' },
  { n: 3, title: 'PSA', headings: ['PSA'], text: 'A PSA bills time.' },
];

type Fake = ChatModel & { readonly asked: ModelMessage[][]; read: number };

/** A model that says these pieces, and counts how many were taken. */
function modelThatSays(pieces: readonly string[], contextTokens = 8192): Fake {
  const fake: Fake = {
    name: 'fake',
    contextTokens,
    asked: [],
    read: 0,
    async *stream(messages) {
      fake.asked.push([...messages]);
      for (const piece of pieces) {
        fake.read++;
        yield piece;
      }
    },
    complete: () => Promise.resolve(''),
  };
  return fake;
}

async function eventsOf(chatModel: ChatModel): Promise<Written[]> {
  const events: Written[] = [];
  for await (const event of write({ chatModel, question: 'What is an RMM?', passages })) events.push(event);
  return events;
}

function textOf(events: readonly Written[]): string {
  return events.map((event) => (event.type === 'text' ? event.text : '')).join('');
}

describe('write', () => {
  test('gives the answer piece by piece with citations in one form', async () => {
    const events = await eventsOf(
      modelThatSays(tokensOf('An RMM watches【1】 devices. A PSA bills [1, 3].')),
    );
    expect(textOf(events)).toBe('An RMM watches[1] devices. A PSA bills [1][3].');
    expect(events.length).toBeGreaterThan(5);
  });

  test('cites only passages that the model was shown', async () => {
    expect(textOf(await eventsOf(modelThatSays(['It bills [2][3][7].'])))).toBe('It bills [3].');
    const small = modelThatSays(['It watches [1], it bills [3].'], 1024);
    const long = passages.map((passage) => ({ ...passage, text: 'devices '.repeat(400) }));
    const events: Written[] = [];
    for await (const event of write({ chatModel: small, question: 'What?', passages: long }))
      events.push(event);
    expect(textOf(events)).toBe('It watches [1], it bills.');
  });

  test.each([
    ['NOT_IN_DOCS'],
    ['**NOT_IN_DOCS**'],
    ['  "NOT_IN_DOCS." Sorry!'],
    ['\n`NOT_IN_DOCS`\n\nThe docs…'],
  ])('%j means that the docs do not answer, at any cut', async (reply) => {
    expect(await eventsOf(modelThatSays([reply]))).toEqual([{ type: 'not_in_docs' }]);
    expect(await eventsOf(modelThatSays([...reply]))).toEqual([{ type: 'not_in_docs' }]);
  });

  test('stops reading once the model says that the docs do not answer', async () => {
    const model = modelThatSays(['NOT_IN_DOCS', ' Still', ' I', ' think']);
    await eventsOf(model);
    expect(model.read).toBe(1);
  });

  test('the sentinel is never shown, even after text', async () => {
    expect(textOf(await eventsOf(modelThatSays([...'It watches [1]. NOT_IN_DOCS']))).trim()).toBe(
      'It watches [1].',
    );
    expect(textOf(await eventsOf(modelThatSays([...'NOT_IN_D is no sentinel.'])))).toBe(
      'NOT_IN_D is no sentinel.',
    );
  });

  test.each([[[]], [['', ' \n']], [['**']]])('a model that writes nothing is named: %j', async (pieces) => {
    await expect(eventsOf(modelThatSays(pieces))).rejects.toMatchObject({
      code: 'model_refused',
      message: expect.stringContaining('"fake" wrote no answer'),
    });
  });
});
