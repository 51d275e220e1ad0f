import { describe, expect, it } from 'vitest';
import type { Answer } from '../../../server/answer/answer.ts';
import type { ChatEvent } from '../../../server/events.ts';
import { countQuestions } from '../../../server/limits/count-requests.ts';
import { limitAnswers } from '../../../server/limits/limit-answers.ts';
import { makeLimits } from '../../../server/limits/limits.ts';

const DONE = { type: 'done', mode: 'quoted', score: 1, version: 1, timings: {} } as const;
const REQUEST = { messages: [{ role: 'user', content: 'Leave?' }] } as const;
const EVER = 60_000;

function never(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
}

async function all(events: AsyncGenerator<ChatEvent>): Promise<ChatEvent[]> {
  const got: ChatEvent[] = [];
  for await (const event of events) got.push(event);
  return got;
}

describe('an answer within limits', () => {
  const options = { signal: new AbortController().signal, askedBy: 'ann' };

  it('takes a place and gives it back, however it ends', async () => {
    const limits = makeLimits({ answersEach: 1, answers: 1 });
    const during: number[] = [];
    const answer: Answer = async function* () {
      during.push(limits.running());
      yield { type: 'delta', text: 'a' };
      yield DONE;
    };
    const failing: Answer = async function* () {
      yield { type: 'delta', text: 'a' };
      throw new Error('no');
    };
    const times = { first: EVER, whole: EVER };
    expect(await all(limitAnswers(answer, limits, times)(REQUEST, options))).toHaveLength(2);
    await expect(all(limitAnswers(failing, limits, times)(REQUEST, options))).rejects.toThrow('no');
    for await (const _ of limitAnswers(answer, limits, times)(REQUEST, options)) break;
    expect(limits.running()).toBe(0);
    expect(during).toEqual([1, 1]);
  });

  it('is refused without a place', async () => {
    const limits = makeLimits({ answersEach: 1, answers: 1 });
    limits.begin('ann');
    const answer: Answer = async function* () {
      yield DONE;
    };
    const limited = limitAnswers(answer, limits, { first: EVER, whole: EVER });
    await expect(all(limited(REQUEST, options))).rejects.toMatchObject({
      code: 'rate_limited',
      retryAfter: 5,
    });
  });

  it('ends when its first words, or its end, take too long, and what it waits for ends with it', async () => {
    let ended: unknown;
    const answer: Answer = async function* (_, { signal }) {
      yield { type: 'stage', stage: 'searching' };
      await never(signal).catch((reason: unknown) => {
        ended = reason;
        throw reason;
      });
    };
    const slow: Answer = async function* (_, { signal }) {
      yield { type: 'delta', text: 'One' };
      await never(signal);
    };
    const limits = makeLimits({ answersEach: 9, answers: 9 });
    const early = limitAnswers(answer, limits, { first: 20, whole: EVER });
    await expect(all(early(REQUEST, options))).rejects.toMatchObject({
      code: 'timed_out',
      message: expect.stringContaining('The first words'),
    });
    expect(ended).toMatchObject({ code: 'timed_out' });
    const late = limitAnswers(slow, limits, { first: 20, whole: 40 });
    await expect(all(late(REQUEST, options))).rejects.toMatchObject({
      code: 'timed_out',
      message: expect.stringContaining('The answer'),
    });
    expect(limits.running()).toBe(0);
  });

  it('does not wait for what ignores its signal', async () => {
    const deaf: Answer = async function* () {
      await new Promise(() => {});
      yield DONE;
    };
    const limits = makeLimits({ answersEach: 9, answers: 9 });
    const limited = limitAnswers(deaf, limits, { first: 20, whole: EVER });
    await expect(all(limited(REQUEST, options))).rejects.toMatchObject({ code: 'timed_out' });
    expect(limits.running()).toBe(0);
  });

  it('can be counted as a question before it begins', async () => {
    const limits = makeLimits({ answersEach: 9, answers: 9, questionsPerMinute: 1 });
    let asked = 0;
    const answer: Answer = async function* () {
      asked++;
      yield DONE;
    };
    const counted = countQuestions(answer, limits);
    await all(counted(REQUEST, options));
    await expect(all(counted(REQUEST, options))).rejects.toMatchObject({ code: 'rate_limited' });
    expect(asked).toBe(1);
  });
});
