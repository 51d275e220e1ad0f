import { DocentError } from '../../knowledge/errors.ts';
import type { Answer } from '../answer/answer.ts';
import { SOMEBODY } from '../asker.ts';
import type { Limits } from './limits.ts';

export type AnswerTimes = {
  /** Until the first words, in ms. */
  readonly first: number;
  /** Until its end, in ms. */
  readonly whole: number;
};

/**
 * The same answers, within the limits: each takes a place among those under way, and ends with `timed_out` when its
 * first words or its end take too long. Throws `rate_limited` when there is no place.
 */
export function limitAnswers(answer: Answer, limits: Limits, times: AnswerTimes): Answer {
  return async function* limited(request, options) {
    const free = limits.begin(options.askedBy ?? SOMEBODY);
    const late = new AbortController();
    const giveUp = (what: string, ms: number) =>
      setTimeout(() => {
        const message = `${what} took more than ${Math.round(ms / 1000)} s. Ask again, or ask for less at once.`;
        late.abort(new DocentError('timed_out', message));
      }, ms);
    const first = giveUp('The first words', times.first);
    const whole = giveUp('The answer', times.whole);
    const signal = AbortSignal.any([options.signal, late.signal]);
    const events = answer(request, { ...options, signal });
    const beforeLate = raceAgainst(late.signal);
    try {
      for (;;) {
        const next = await beforeLate(events.next());
        if (next.done) return;
        if (next.value.type === 'delta' || next.value.type === 'done') clearTimeout(first);
        yield next.value;
      }
    } catch (error) {
      if (late.signal.aborted) throw late.signal.reason;
      throw error;
    } finally {
      clearTimeout(first);
      clearTimeout(whole);
      free();
      // Not awaited: what is in the middle of something ends when the signal reaches that.
      events.return(undefined).catch(() => {});
    }
  };
}

/**
 * What comes first: a promise's outcome, or the signal's reason as its rejection. `Promise.race` would keep each outcome
 * until the signal is gone.
 */
function raceAgainst(signal: AbortSignal): <T>(promise: Promise<T>) => Promise<T> {
  let giveUp: (reason: unknown) => void = () => {};
  signal.addEventListener('abort', () => giveUp(signal.reason), { once: true });
  return (promise) =>
    new Promise((resolve, reject) => {
      giveUp = reject;
      if (signal.aborted) reject(signal.reason);
      promise.then(resolve, reject);
    });
}
