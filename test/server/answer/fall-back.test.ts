import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DocentError } from '../../../knowledge/errors.ts';
import { makeAnswer } from '../../../server/answer/answer.ts';
import type { ChatModel } from '../../../server/answer/chat-model.ts';
import { askFor, type DocsStore, openDocsStore } from './docs-store.ts';

const away = new DocentError('model_unreachable', 'No connection.');

/** Fails after so many words. */
function modelThatFailsAfter(words: readonly string[]): ChatModel {
  return {
    name: 'fake',
    contextTokens: 8_192,
    async *stream() {
      yield* words;
      throw away;
    },
    complete: () => Promise.reject(away),
  };
}

let docs: DocsStore;
beforeAll(async () => {
  docs = await openDocsStore();
});
afterAll(() => docs.close());

describe('where the model can’t write', () => {
  it('the answer is quoted, and says so', async () => {
    const answer = makeAnswer({ ...docs, chatModel: modelThatFailsAfter([]) });
    const answered = await askFor(answer, 'What is an RMM?');
    expect(answered.done).toMatchObject({
      mode: 'quoted',
      note: expect.stringContaining('The language model can’t write just now'),
    });
    const quoted = await askFor(makeAnswer(docs), 'What is an RMM?');
    expect(answered.text).toBe(quoted.text);
    expect(answered.claims).toEqual(quoted.claims);
  });

  it('a follow-up is made to stand alone by rule', async () => {
    const answer = makeAnswer({ ...docs, chatModel: modelThatFailsAfter([]) });
    const history = [
      { role: 'user', content: 'What is an RMM?' },
      { role: 'assistant', content: 'An RMM watches devices.' },
    ] as const;
    const { events, done } = await askFor(answer, 'And how does it work?', { history });
    expect(events).toContainEqual({ type: 'question', text: expect.stringContaining('RMM') });
    expect(done.mode).not.toBe('written');
  });

  it('a model that doesn’t make a follow-up stand alone in time is not waited for', async () => {
    const hanging: ChatModel = {
      ...modelThatFailsAfter([]),
      complete: (_, { signal } = {}) =>
        new Promise((_resolve, reject) => signal?.addEventListener('abort', () => reject(signal.reason))),
    };
    const history = [
      { role: 'user', content: 'What is an RMM?' },
      { role: 'assistant', content: 'An RMM watches devices.' },
    ] as const;
    const answer = makeAnswer({ ...docs, chatModel: hanging, patience: 10 });
    const { events } = await askFor(answer, 'And how does it work?', { history });
    expect(events).toContainEqual({ type: 'question', text: expect.stringContaining('RMM') });
  });

  it('what was written before it failed is not taken back', async () => {
    const answer = makeAnswer({ ...docs, chatModel: modelThatFailsAfter(['An RMM watches ']) });
    await expect(askFor(answer, 'What is an RMM?')).rejects.toThrow('No connection.');
  });
});
