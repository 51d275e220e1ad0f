import { DocentError } from '../../knowledge/errors.ts';
import type { ChatMessage } from '../events.ts';
import type { ChatModel } from './chat-model.ts';
import { makeCitationMarkers } from './citation-markers.ts';
import { makePrompt, NOT_IN_DOCS, type PromptPassage } from './prompt.ts';
import { heldBackFor, type TextTransform } from './text-transform.ts';

const WORD = /[\p{L}\p{N}]/u;

export type WriteOptions = {
  readonly chatModel: ChatModel;
  readonly question: string;
  /** Best first; their numbers are those that the answer cites. */
  readonly passages: readonly PromptPassage[];
  /** Numbers of passages that contradict each other on what is asked, newest first. */
  readonly disagreeing?: readonly (readonly number[])[];
  readonly conversation?: readonly ChatMessage[];
  readonly tone?: string | undefined;
  readonly signal?: AbortSignal;
};

/** A piece of the answer, or the last word that the passages don't answer. */
export type Written = { readonly type: 'text'; readonly text: string } | { readonly type: 'not_in_docs' };

/**
 * The model's answer as it is written, with citations as `[1][3]` of given passages only, never cut in
 * the middle. `not_in_docs` is the only event when the model says so at once; after text it is not given.
 * Throws what `ChatModel.stream` throws, and `model_refused` when the model writes nothing at all.
 */
export async function* write(options: WriteOptions): AsyncGenerator<Written> {
  const { chatModel, signal, ...rest } = options;
  const prompt = makePrompt({ ...rest, contextTokens: chatModel.contextTokens });
  const markers = makeCitationMarkers((n) => prompt.numbers.includes(n));
  const sentinel = makeSentinelFilter();
  const call = { maxTokens: prompt.maxTokens, ...(signal ? { signal } : {}) };
  /** Marks and spaces before the first word, which may turn out to frame the sentinel. */
  let head = '';
  let begun = false;

  function* show(text: string): Generator<Written> {
    if (!begun) head += text;
    const ready = begun ? text : WORD.test(head) ? head.trimStart() : '';
    if (ready === '') return;
    begun = true;
    yield { type: 'text', text: ready };
  }

  for await (const piece of chatModel.stream(prompt.messages, call)) {
    yield* show(markers.push(sentinel.push(piece)));
    // What a model adds after saying so is an excuse, which nobody needs to wait for.
    if (sentinel.seen()) break;
  }
  yield* show(markers.push(sentinel.flush()) + markers.flush());
  if (begun) return;
  if (!sentinel.seen()) {
    throw new DocentError(
      'model_refused',
      `The model "${chatModel.name}" wrote no answer. Ask again, or set another CHAT_MODEL.`,
    );
  }
  yield { type: 'not_in_docs' };
}

/** Ends the text at the sentinel, wherever it stands. */
function makeSentinelFilter(): TextTransform & { seen(): boolean } {
  let held = '';
  let seen = false;

  function step(last: boolean): string {
    const at = held.indexOf(NOT_IN_DOCS);
    if (at >= 0) seen = true;
    const kept = at >= 0 || last ? 0 : heldBackFor(NOT_IN_DOCS, held);
    const passed = held.slice(0, at >= 0 ? at : held.length - kept);
    held = held.slice(held.length - kept);
    return passed;
  }

  return {
    push(piece) {
      if (!seen) held += piece;
      return step(false);
    },
    flush: () => step(true),
    seen: () => seen,
  };
}
