import { describe, expect, it } from 'vitest';
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

  it('refuse a question before its answer begins when no place is free', async () => {
    const limits = makeLimits({ answersEach: 1, answers: 9 });
    const free = limits.begin('ann');
    await expect(limits.admit('ann', 'question')).rejects.toMatchObject({ code: 'rate_limited' });
    free();
    await limits.admit('ann', 'question');
  });
});
