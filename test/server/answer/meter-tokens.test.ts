import { describe, expect, it } from 'vitest';
import type { ChatModel } from '../../../server/answer/chat-model.ts';
import { makeTokenMeter, meterTokens } from '../../../server/answer/meter-tokens.ts';

const model: ChatModel = {
  name: 'fake',
  contextTokens: 8_192,
  async *stream() {
    yield 'x'.repeat(32);
    yield 'x'.repeat(32);
  },
  complete: async () => 'x'.repeat(64),
};
const prompt = [{ role: 'user', content: 'x'.repeat(96) }] as const;

describe('tokens of a day', () => {
  it('are counted as read and written, and when they are used up nothing is asked until the next', async () => {
    let now = Date.parse('2025-03-01T20:00:00Z');
    const meter = makeTokenMeter(100, () => now);
    const metered = meterTokens(model, meter);
    for await (const _ of metered.stream(prompt));
    expect(meter.total()).toBe(30 + 20);
    await metered.complete(prompt);
    expect(meter.total()).toBe(100);
    await expect(metered.complete(prompt)).rejects.toMatchObject({ code: 'model_spent' });
    expect(meter.total()).toBe(100);
    now = Date.parse('2025-03-02T00:00:01Z');
    await metered.complete(prompt);
    expect(meter.total()).toBe(150);
  });

  it('are without end where no number is set', async () => {
    const meter = makeTokenMeter(undefined);
    meter.add(1e9);
    expect(() => meter.check()).not.toThrow();
  });
});
