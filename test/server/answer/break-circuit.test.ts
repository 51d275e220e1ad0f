import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { DocentError } from '../../../knowledge/errors.ts';
import { breakCircuit } from '../../../server/answer/break-circuit.ts';
import type { ChatModel } from '../../../server/answer/chat-model.ts';

type Fake = ChatModel & { asked: number; fault: DocentError | undefined };

function fakeModel(): Fake {
  const fake: Fake = {
    name: 'fake',
    contextTokens: 8_192,
    asked: 0,
    fault: undefined,
    async *stream() {
      fake.asked++;
      if (fake.fault) throw fake.fault;
      yield 'One ';
      yield 'two.';
    },
    async complete() {
      fake.asked++;
      if (fake.fault) throw fake.fault;
      return 'One.';
    },
  };
  return fake;
}

async function written(model: ChatModel): Promise<string> {
  let text = '';
  for await (const piece of model.stream([])) text += piece;
  return text;
}

const away = new DocentError('model_unreachable', 'No connection.');
const refused = new DocentError('model_refused', 'The key is wrong.');
const REST = 50;

describe('a model whose endpoint is down', () => {
  it('is not asked any more after three failures in a row, and asked again after a rest', async () => {
    const fake = fakeModel();
    const states: string[] = [];
    const model = breakCircuit(fake, { rest: REST, onChange: (state) => states.push(state) });
    expect(await written(model)).toBe('One two.');
    fake.fault = away;
    for (let n = 0; n < 6; n++) {
      const ask = n % 2 ? written(model) : model.complete([]);
      await expect(ask).rejects.toMatchObject({ code: 'model_unreachable' });
    }
    expect(fake.asked).toBe(1 + 3);
    expect(states).toEqual(['down']);
    await delay(REST + 20);
    await expect(written(model)).rejects.toMatchObject({ message: 'No connection.' });
    await expect(written(model)).rejects.toMatchObject({
      message: expect.stringContaining('tried again soon'),
    });
    expect(fake.asked).toBe(5);
    fake.fault = undefined;
    await delay(REST + 20);
    expect(await written(model)).toBe('One two.');
    expect(await model.complete([])).toBe('One.');
    expect(states).toEqual(['down', 'back']);
  });

  /** A model that is down, whose rest is over, and which takes the next request without an answer. */
  async function trying() {
    const fake = fakeModel();
    const states: string[] = [];
    const model = breakCircuit(fake, { rest: 0, onChange: (state) => states.push(state) });
    fake.fault = away;
    for (let n = 0; n < 3; n++) await expect(model.complete([])).rejects.toThrow();
    let fail = (_: unknown): void => {};
    fake.complete = () => {
      fake.asked++;
      return new Promise((_, reject) => {
        fail = reject;
      });
    };
    const tried = model.complete([]);
    return { fake, model, states, tried, fail: (reason: unknown) => fail(reason) };
  }

  it('while one request tries whether it is back, the others fail at once', async () => {
    const { fake, model, tried, fail } = await trying();
    await expect(written(model)).rejects.toMatchObject({ code: 'model_unreachable' });
    await expect(model.complete([])).rejects.toMatchObject({ code: 'model_unreachable' });
    expect(fake.asked).toBe(4);
    fail(away);
    await expect(tried).rejects.toThrow('No connection.');
  });

  it('is not back because the reader whose request tried it has left', async () => {
    const { states, tried, fail } = await trying();
    fail(new DOMException('Left.', 'AbortError'));
    await expect(tried).rejects.toThrow('Left.');
    expect(states).toEqual(['down']);
  });

  it('one that refuses a request is not down', async () => {
    const fake = fakeModel();
    fake.fault = refused;
    const model = breakCircuit(fake, { onChange: () => {} });
    for (let n = 0; n < 5; n++) await expect(written(model)).rejects.toMatchObject({ code: 'model_refused' });
    expect(fake.asked).toBe(5);
  });
});
