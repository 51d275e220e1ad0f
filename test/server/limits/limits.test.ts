import { describe, expect, it } from 'vitest';
import { makeTokenMeter } from '../../../server/answer/meter-tokens.ts';
import { makeAdmitTexts } from '../../../server/limits/admit-texts.ts';
import { makeLimits } from '../../../server/limits/limits.ts';

const many = { answersEach: 100, answers: 100 };

describe('limits', () => {
  it('take so many questions of one asker in a minute, and tell when the next may come', async () => {
    const limits = makeLimits({ ...many, questionsPerMinute: 2 });
    await limits.admit('ann', 'question');
    await limits.admit('ann', 'question');
    const refused = await limits.admit('ann', 'question').catch((error: unknown) => error);
    expect(refused).toMatchObject({ code: 'rate_limited' });
    expect(refused).toHaveProperty('retryAfter', 60);
    await limits.admit('bob', 'question');
    await limits.admit('ann', 'request');
  });

  it('let one asker have so many answers at once, and all of them so many', () => {
    const limits = makeLimits({ answersEach: 2, answers: 3 });
    const free = limits.begin('ann');
    limits.begin('ann');
    expect(() => limits.begin('ann')).toThrow('You have many answers under way');
    limits.begin('bob');
    expect(() => limits.begin('carl')).toThrow('Docent is answering all that it can');
    free();
    free();
    expect(limits.running()).toBe(2);
    limits.begin('carl');
    expect(limits.running()).toBe(3);
  });

  it('take texts to embed for questions by their tokens, and so many calls of one asker at once', async () => {
    const limits = makeLimits({ answersEach: 2, answers: 9, questionsPerMinute: 5 });
    const free = await limits.beginTexts('ann', 30);
    await limits.beginTexts('ann', 4_001);
    await expect(limits.beginTexts('ann', 1)).rejects.toMatchObject({ code: 'rate_limited' });
    expect(limits.running()).toBe(0);
    free();
    await limits.admit('ann', 'question');
    await expect(limits.beginTexts('ann', 1)).rejects.toMatchObject({ code: 'rate_limited', retryAfter: 60 });
    // One call is never too large for good.
    await limits.beginTexts('bob', 1_000_000);
    await expect(limits.admit('bob', 'question')).rejects.toMatchObject({ code: 'rate_limited' });
  });

  it('count texts that a model elsewhere embeds among the tokens of the day', async () => {
    const limits = makeLimits(many);
    const meter = makeTokenMeter(100);
    const admitTexts = makeAdmitTexts(limits, meter);
    (await admitTexts('ann', 100))();
    expect(meter.total()).toBe(100);
    await expect(admitTexts('ann', 1)).rejects.toMatchObject({ code: 'model_spent' });
    (await makeAdmitTexts(limits)('ann', 1_000))();
    expect(meter.total()).toBe(100);
  });

  it('refuse a question before its answer begins when no place is free', async () => {
    const limits = makeLimits({ answersEach: 1, answers: 9 });
    const free = limits.begin('ann');
    await expect(limits.admit('ann', 'question')).rejects.toMatchObject({ code: 'rate_limited' });
    free();
    await limits.admit('ann', 'question');
  });
});
