import { isLoopback, type ServerConfig } from '../config.ts';
import { type Limits, makeLimits } from './limits.ts';

/** Where other machines are let in: what a busy person needs, and no script. */
const QUESTIONS_PER_MINUTE = 30;
const REQUESTS_PER_MINUTE = 600;
const ANSWERS_AT_ONCE_EACH = 10;
/** What a server of two cores was seen to hold. */
const ANSWERS_AT_ONCE = 1_000;
/** Nobody types a token so often; a guess has no chance anyway, but costs a look into the file. */
const SIGN_INS_PER_MINUTE = 20;
/** A page left open with a token that was revoked asks now and then. */
const WRONG_TOKENS_PER_MINUTE = 30;

/** The limits that the settings give. On loopback there are none but those that are set. */
export function configuredLimits(config: ServerConfig): Limits {
  const open = isLoopback(config.HOST);
  const limit = (set: number | undefined, otherwise: number): number | undefined => {
    if (set !== undefined) return set === 0 ? undefined : set;
    return open ? undefined : otherwise;
  };
  return makeLimits({
    questionsPerMinute: limit(config.QUESTIONS_PER_MINUTE, QUESTIONS_PER_MINUTE),
    requestsPerMinute: limit(config.REQUESTS_PER_MINUTE, REQUESTS_PER_MINUTE),
    signInsPerMinute: limit(undefined, SIGN_INS_PER_MINUTE),
    wrongTokensPerMinute: limit(undefined, WRONG_TOKENS_PER_MINUTE),
    answersEach: limit(config.ANSWERS_AT_ONCE_EACH, ANSWERS_AT_ONCE_EACH) ?? Infinity,
    answers: limit(config.ANSWERS_AT_ONCE, ANSWERS_AT_ONCE) ?? Infinity,
  });
}
