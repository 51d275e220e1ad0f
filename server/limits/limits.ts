import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { DocentError } from '../../knowledge/errors.ts';

export type LimitSettings = {
  /** Questions that one asker may ask in a minute; undefined: any number. */
  readonly questionsPerMinute?: number | undefined;
  /** Requests of any kind that one asker may send in a minute; undefined: any number. */
  readonly requestsPerMinute?: number | undefined;
  /** Sign-in forms that one address may send in a minute; undefined: any number. */
  readonly signInsPerMinute?: number | undefined;
  /** Requests with a token that isn't one, from one address in a minute; undefined: any number. */
  readonly wrongTokensPerMinute?: number | undefined;
  /** Answers under way at once, of one asker and in all. */
  readonly answersEach: number;
  readonly answers: number;
};

/** What is counted: each question is a request, too. */
export type Counted = 'question' | 'request' | 'sign-in' | 'wrong token';

export type Limits = {
  /**
   * Counts one more of an asker's. Throws `rate_limited`, with the seconds to wait, when it is one too many, and for a
   * question also when no place is free for its answer.
   */
  admit(asker: string, what: Counted): Promise<void>;
  /** Takes a place among the answers under way, and gives what frees it. Throws `rate_limited`. */
  begin(asker: string): () => void;
  /**
   * Counts texts to embed as questions of an asker, one for each 2,000 tokens, and takes a place among the asker's own
   * calls under way. Gives what frees it. Throws `rate_limited`.
   */
  beginTexts(asker: string, tokens: number): Promise<() => void>;
  /** Answers under way. */
  running(): number;
};

const MINUTE = 60;
/** Their embedding takes about as long as all that a question makes a server do. */
const TOKENS_PER_QUESTION = 2_000;
/** An answer's place is free again soon, but nobody can say when. */
const WAIT_FOR_PLACE = 5;
const TOO_MANY: Readonly<Record<Counted, string>> = {
  question: 'Too many questions in a minute',
  request: 'Too many requests in a minute',
  'sign-in': 'Too many sign-ins in a minute',
  'wrong token': 'Too many requests in a minute with a token that is not, or no longer, valid',
};

/** Counts in this process; several servers each have their own. */
export function makeLimits(settings: LimitSettings): Limits {
  const limiters: Record<Counted, RateLimiterMemory | undefined> = {
    question: limiterOf('question', settings.questionsPerMinute),
    request: limiterOf('request', settings.requestsPerMinute),
    'sign-in': limiterOf('sign-in', settings.signInsPerMinute),
    'wrong token': limiterOf('wrong token', settings.wrongTokensPerMinute),
  };
  const answers = makePlaces();
  const embeddings = makePlaces();

  function checkPlace(asker: string): void {
    if (answers.taken() >= settings.answers)
      throw limited('Docent is answering all that it can', WAIT_FOR_PLACE);
    if (answers.takenBy(asker) >= settings.answersEach)
      throw limited('You have many answers under way', WAIT_FOR_PLACE);
  }

  async function count(asker: string, what: Counted, times = 1): Promise<void> {
    const limiter = limiters[what];
    try {
      // What counts more than a whole minute holds takes all of it, and isn't refused for ever.
      await limiter?.consume(asker, Math.min(times, limiter.points));
    } catch (refused) {
      if (!(refused instanceof RateLimiterRes)) throw refused;
      throw limited(TOO_MANY[what], Math.max(1, Math.ceil(refused.msBeforeNext / 1000)));
    }
  }

  return {
    async admit(asker, what) {
      if (what === 'question') checkPlace(asker);
      await count(asker, what);
    },
    begin(asker) {
      checkPlace(asker);
      return answers.take(asker);
    },
    async beginTexts(asker, tokens) {
      if (embeddings.takenBy(asker) >= settings.answersEach)
        throw limited('You have many texts under way', WAIT_FOR_PLACE);
      const free = embeddings.take(asker);
      try {
        await count(asker, 'question', Math.max(1, Math.ceil(tokens / TOKENS_PER_QUESTION)));
        return free;
      } catch (refused) {
        free();
        throw refused;
      }
    },
    running: answers.taken,
  };
}

type Places = {
  /** Gives what frees it again. */
  take(asker: string): () => void;
  takenBy(asker: string): number;
  taken(): number;
};

function makePlaces(): Places {
  const each = new Map<string, number>();
  let all = 0;
  return {
    take(asker) {
      all++;
      each.set(asker, (each.get(asker) ?? 0) + 1);
      let ended = false;
      return () => {
        if (ended) return;
        ended = true;
        all--;
        const left = (each.get(asker) ?? 1) - 1;
        if (left === 0) each.delete(asker);
        else each.set(asker, left);
      };
    },
    takenBy: (asker) => each.get(asker) ?? 0,
    taken: () => all,
  };
}

function limiterOf(keyPrefix: string, points: number | undefined): RateLimiterMemory | undefined {
  return points === undefined ? undefined : new RateLimiterMemory({ keyPrefix, points, duration: MINUTE });
}

function limited(what: string, seconds: number): DocentError {
  return new DocentError('rate_limited', `${what}. Try again in ${seconds} s.`, { retryAfter: seconds });
}
