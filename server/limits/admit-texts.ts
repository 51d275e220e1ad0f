import type { TokenMeter } from '../answer/meter-tokens.ts';
import type { Limits } from './limits.ts';

/**
 * Admits one request of an asker for the embeddings of texts with so many tokens together, and gives what is to be
 * called at its end. Throws `rate_limited`, or `model_spent` where the tokens are paid for.
 */
export type AdmitTexts = (asker: string, tokens: number) => Promise<() => void>;

export const admitAnyTexts: AdmitTexts = async () => () => {};

/** `meter`: where a model elsewhere embeds, whose tokens are counted with those of the others. */
export function makeAdmitTexts(limits: Limits, meter?: TokenMeter): AdmitTexts {
  return async (asker, tokens) => {
    meter?.check();
    const end = await limits.beginTexts(asker, tokens);
    meter?.add(tokens);
    return end;
  };
}
