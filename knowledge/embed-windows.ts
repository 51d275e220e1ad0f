/** Token ids of a passage: its context line and each of its sentences. */
export type PassageTokens = {
  readonly context: readonly number[];
  readonly sentences: readonly (readonly number[])[];
};

/** Ids that every window begins and ends with, and how many tokens the model takes at once. */
export type WindowFrame = {
  readonly head: readonly number[];
  readonly tail: readonly number[];
  readonly maxTokens: number;
};

/** One sequence for the model. `spans[i]` is where the tokens of a sentence stand in `ids`. */
export type Window = {
  readonly ids: readonly number[];
  readonly spans: readonly { readonly sentence: number; readonly start: number; readonly end: number }[];
};

/** Most tokens of a sequence. What it begins and ends with takes four: two marks, and "query:" or "passage:". */
export const maxTokens = 512;
export const maxTextTokens = maxTokens - 4;
/** Of a vector of the model. */
export const dimensions = 384;

/** What a question (`query:`) or a passage (`passage:`) begins and ends with, between the model's own marks. */
export function frameOf(prefix: string, encode: (text: string) => readonly number[]): WindowFrame {
  const [cls, sep] = [101, 102];
  return { head: [cls, ...encode(prefix)], tail: [sep], maxTokens };
}

/** What stays of the context line where a passage is too long for one window. */
const leastContext = 48;

/**
 * Lays a passage out in as few windows as hold it; one is the rule. Where it is too long, the context
 * loses its beginning first, then sentences go to further windows; only a sentence longer than a
 * window loses its end. Every sentence is in exactly one window.
 */
export function planWindows(passage: PassageTokens, frame: WindowFrame): Window[] {
  const room = frame.maxTokens - frame.head.length - frame.tail.length;
  const total = passage.sentences.reduce((sum, sentence) => sum + sentence.length, 0);
  const keep = Math.max(room - total, Math.min(leastContext, passage.context.length));
  const context = keep < passage.context.length ? passage.context.slice(-keep) : passage.context;
  const start = [...frame.head, ...context];
  const end = frame.maxTokens - frame.tail.length;

  const windows: Window[] = [];
  let ids = [...start];
  let spans: { sentence: number; start: number; end: number }[] = [];
  const flush = () => {
    windows.push({ ids: [...ids, ...frame.tail], spans });
    ids = [...start];
    spans = [];
  };
  for (const [sentence, tokens] of passage.sentences.entries()) {
    const taken = tokens.slice(0, end - start.length);
    if (ids.length + taken.length > end) flush();
    spans.push({ sentence, start: ids.length, end: ids.length + taken.length });
    for (const id of taken) ids.push(id);
  }
  flush();
  return windows;
}
