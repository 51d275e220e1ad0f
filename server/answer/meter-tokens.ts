import { DocentError } from '../../knowledge/errors.ts';
import type { ChatModel, ModelMessage } from './chat-model.ts';
import { estimateTokens } from './prompt.ts';

/** Days since 1970 begin at midnight UTC. */
const DAY_MS = 24 * 60 * 60 * 1000;

/** Tokens that models have read and written, in all and on one day (UTC). */
export type TokenMeter = {
  /** Counts so many more. */
  add(tokens: number): void;
  /** Throws `model_spent` when the day's tokens are used up. */
  check(): void;
  /** Since the process began. */
  total(): number;
};

/** `perDay` undefined: any number. `now`: milliseconds since 1970. */
export function makeTokenMeter(perDay: number | undefined, now: () => number = Date.now): TokenMeter {
  let day = Number.NaN;
  let today = 0;
  let total = 0;

  function begin(): void {
    const current = Math.floor(now() / DAY_MS);
    if (current === day) return;
    day = current;
    today = 0;
  }

  return {
    add(tokens) {
      begin();
      today += tokens;
      total += tokens;
    },
    check() {
      begin();
      if (perDay === undefined || today < perDay) return;
      throw new DocentError(
        'model_spent',
        `The language model's ${perDay.toLocaleString('en')} tokens of this day are used up. It writes again after midnight (UTC).`,
      );
    },
    total: () => total,
  };
}

/**
 * The same model, its tokens counted (by `estimateTokens`, which rather counts too many: not every endpoint tells).
 * Both methods throw `model_spent` when there are none left for the day.
 */
export function meterTokens(model: ChatModel, meter: TokenMeter): ChatModel {
  const read = (messages: readonly ModelMessage[]): void => {
    meter.check();
    meter.add(messages.reduce((sum, { content }) => sum + estimateTokens(content), 0));
  };
  return {
    ...model,
    async *stream(messages, options) {
      read(messages);
      for await (const piece of model.stream(messages, options)) {
        meter.add(estimateTokens(piece));
        yield piece;
      }
    },
    async complete(messages, options) {
      read(messages);
      const text = await model.complete(messages, options);
      meter.add(estimateTokens(text));
      return text;
    },
  };
}
