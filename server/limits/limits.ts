import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { DocentError } from '../../knowledge/errors.ts';

export type LimitSettings = {
  /** Questions that one asker may ask in a minute; undefined: any number. */
  readonly questionsPerMinute?: number | undefined;
  /** Requests of any kind that one asker may send in a minute; undefined: any number. */
  readonly requestsPerMinute?: number | undefined;
  /** Sign-in forms that one address may send in a minute; undefined: any number. */
  readonly signInsPerMinute?: number | undefined;
  /** Answers under way at once, of one asker and in all. */
  readonly answersEach: number;
  readonly answers: number;
};

/** What is counted: each question is a request, too. */
export type Counted = 'question' | 'request' | 'sign-in';

export type Limits = {
  /**
   * Counts one more of an asker's. Throws `rate_limited`, with the seconds to wait, when it is one too many, and for a
   * question also when no place is free for its answer.
   */
  admit(asker: string, what: Counted): Promise<void>;
  /** Takes a place among the answers under way, and gives what frees it. Throws `rate_limited`. */
  begin(asker: string): () => void;
  /** Answers under way. */
  running(): number;
};

const MINUTE = 60;
/** An answer's place is free again soon, but nobody can say when. */
const WAIT_FOR_PLACE = 5;

/** Counts in this process; several servers each have their own. */
export function makeLimits(settings: LimitSettings): Limits {
  const limiters: Record<Counted, RateLimiterMemory | undefined> = {
    question: limiterOf('question', settings.questionsPerMinute),
    request: limiterOf('request', settings.requestsPerMinute),
    'sign-in': limiterOf('sign-in', settings.signInsPerMinute),
  };
  const underWay = new Map<string, number>();
  let running = 0;

  function checkPlace(asker: string): void {
    if (running >= settings.answers) throw limited('Docent is answering all that it can', WAIT_FOR_PLACE);
    if ((underWay.get(asker) ?? 0) >= settings.answersEach)
      throw limited('You have many answers under way', WAIT_FOR_PLACE);
  }

  return {
    async admit(asker, what) {
      try {
        if (what === 'question') checkPlace(asker);
        await limiters[what]?.consume(asker);
      } catch (refused) {
        if (!(refused instanceof RateLimiterRes)) throw refused;
        throw limited(
          what === 'question' ? 'Too many questions in a minute' : 'Too many requests in a minute',
          Math.max(1, Math.ceil(refused.msBeforeNext / 1000)),
        );
      }
    },
    begin(asker) {
      checkPlace(asker);
      running++;
      underWay.set(asker, (underWay.get(asker) ?? 0) + 1);
      let ended = false;
      return () => {
        if (ended) return;
        ended = true;
        running--;
        const left = (underWay.get(asker) ?? 1) - 1;
        if (left === 0) underWay.delete(asker);
        else underWay.set(asker, left);
      };
    },
    running: () => running,
  };
}

function limiterOf(keyPrefix: string, points: number | undefined): RateLimiterMemory | undefined {
  return points === undefined ? undefined : new RateLimiterMemory({ keyPrefix, points, duration: MINUTE });
}

function limited(what: string, seconds: number): DocentError {
  return new DocentError('rate_limited', `${what}. Try again in ${seconds} s.`, { retryAfter: seconds });
}
