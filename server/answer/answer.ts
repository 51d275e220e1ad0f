import type { Embedder } from '../../knowledge/embedder.ts';
import type { DocentError } from '../../knowledge/errors.ts';
import { type Decision, decide } from '../../knowledge/quoted/decide.ts';
import { type Retrieved, retrieve } from '../../knowledge/quoted/retrieve.ts';
import type { Snapshot, StoreReader } from '../../knowledge/snapshot.ts';
import type { Audiences } from '../asker.ts';
import type { ChatEvent, ChatMessage, ChatRequest, Done } from '../events.ts';
import { abstain } from './abstain.ts';
import type { ChatModel } from './chat-model.ts';
import { makeChecker } from './check.ts';
import { orQuoted } from './fall-back.ts';
import { quote } from './quote.ts';
import { smallTalk } from './small-talk.ts';
import { standaloneByModel, standaloneByRule } from './standalone-question.ts';
import { type Clock, makeClock } from './timings.ts';
import { writeAnswer } from './write-answer.ts';

export type AnswerDeps = {
  readonly store: StoreReader;
  readonly embedder: Embedder;
  /** Without one, answers are quoted. */
  readonly chatModel?: ChatModel;
  /** Judges the statements of written answers; the chat model where not given. */
  readonly checkModel?: ChatModel;
  /** Milliseconds that the chat model may take to make a question stand alone. */
  readonly patience?: number;
  /** Told why an answer was quoted where it should have been written. */
  readonly onModelFault?: (error: DocentError) => void;
};

export type AnswerOptions = {
  /** Aborts when nobody waits for the answer any more. */
  readonly signal: AbortSignal;
  /** Documents that may be answered from; all when absent. */
  readonly audiences?: Audiences;
  /** Name of who asks, for limits. */
  readonly askedBy?: string;
  /** Of the request that asks, for the log. */
  readonly requestId?: string;
  /** How a written answer is to sound. Never what it says: that comes from the docs alone. */
  readonly tone?: string;
  /** Told each stage that has ended, with its milliseconds. */
  readonly onLap?: (stage: string, ms: number) => void;
  /** Only in the docs' own words, also where a model could write. */
  readonly quoted?: boolean;
};

export type Answer = (request: ChatRequest, options: AnswerOptions) => AsyncGenerator<ChatEvent>;

/** What all ways to answer are given. */
export type Ground = {
  readonly question: string;
  readonly conversation: readonly ChatMessage[];
  readonly tone?: string | undefined;
  /** Emptied when a model has begun to write: its answers take long, and the rest of the search is large. */
  found: Retrieved;
  readonly decision: Decision;
  readonly snapshot: Snapshot;
  readonly clock: Clock;
  readonly signal: AbortSignal;
};

/**
 * The whole story: the question made standalone, sections found, a decision, then an answer that is
 * quoted, or written and checked, or the plain word that the docs don't say. Where the model fails before its first
 * word the answer is quoted. The last event is `done`.
 * Throws `DocentError`s of store, embedder and model, and the signal's reason.
 */
export function makeAnswer({
  store,
  embedder,
  chatModel,
  checkModel = chatModel,
  patience,
  onModelFault = () => {},
}: AnswerDeps): Answer {
  const check = makeChecker(checkModel ? { model: checkModel } : {});
  return async function* answer({ messages }, { signal, audiences, tone, onLap, quoted = false }) {
    const clock = makeClock(undefined, onLap);
    const snapshot = await store.current(audiences);
    const asked = messages.at(-1)?.content.trim() ?? '';
    const conversation = messages.slice(0, -1);
    const reply = smallTalk(asked);
    if (reply !== undefined) {
      yield { type: 'delta', text: reply };
      yield done({ mode: 'abstained', score: 1, snapshot, clock });
      return;
    }

    yield { type: 'stage', stage: 'searching' };
    const question = chatModel
      ? await standaloneByModel(messages, chatModel, signal, patience)
      : standaloneByRule(messages);
    clock.lap('question');
    if (question !== asked) yield { type: 'question', text: question };

    const ground = await groundOf();
    if (ground.decision.verdict === 'abstain') yield* abstain(ground);
    else if (chatModel && !quoted)
      yield* orQuoted(writeAnswer(ground, chatModel, check), ground, onModelFault);
    else yield* quote(ground);

    // What is found is held by the ground alone.
    async function groundOf(): Promise<Ground> {
      const found = await retrieve(question, { snapshot, embedder, signal });
      signal.throwIfAborted();
      clock.lap('search');
      return { question, conversation, tone, found, decision: decide(found), snapshot, clock, signal };
    }
  };
}

/** The event that ends an answer. */
export function done({
  snapshot,
  clock,
  ...rest
}: Pick<Done, 'mode' | 'score' | 'note'> & { snapshot: Snapshot; clock: Clock }): ChatEvent {
  return { type: 'done', ...rest, version: snapshot.version, timings: clock.timings() };
}
