import type { ChatEvent, ChatMessage, Feedback } from '../../server/events.ts';
import type { StreamChat } from '../api/stream-chat.ts';
import { makeStore, type Store } from '../store.ts';
import { type Answer, emptyAnswer, isRunning, withEvent } from './answer-state.ts';
import { makeId } from './make-id.ts';

/** A question and its answer. `id` is unique in the page's life and in the browser's store. */
export type Turn = {
  readonly id: string;
  readonly question: string;
  readonly answer: Answer;
  /** What the reader thought of the answer. */
  readonly rating?: Rating;
};
export type Rating = Feedback['rating'];

export type Conversation = {
  readonly turns: Pick<Store<readonly Turn[]>, 'get' | 'subscribe'>;
  /** Asks a question after all that was said; one that still runs is stopped first. */
  ask(question: string): void;
  /** Asks the last question again, or another in its place. */
  askAgain(question?: string): void;
  /** Remembers what the reader thought of an answer. */
  rate(id: string, rating: Rating): void;
  /** Ends the running answer; what has come stays. */
  stop(): void;
  /** Puts other turns in place of these, none to begin with. */
  load(turns: readonly Turn[]): void;
};

function messagesOf(turns: readonly Turn[], question: string): ChatMessage[] {
  const said = turns.flatMap((turn): ChatMessage[] =>
    turn.answer.text === ''
      ? []
      : [
          { role: 'user', content: turn.question },
          { role: 'assistant', content: turn.answer.text },
        ],
  );
  return [...said, { role: 'user', content: question }];
}

/** Holds the turns of one chat. `schedule` groups events that come in the same frame. */
export function makeConversation(deps: {
  streamChat: StreamChat;
  schedule: (run: () => void) => void;
}): Conversation {
  const turns = makeStore<readonly Turn[]>([]);
  let running: AbortController | undefined;

  /** An answer of turns that were put away is no change to those that are shown. */
  function change(id: string, next: (answer: Answer) => Answer): void {
    if (turns.get().every((turn) => turn.id !== id)) return;
    turns.set(turns.get().map((turn) => (turn.id === id ? { ...turn, answer: next(turn.answer) } : turn)));
  }

  async function run(id: string, messages: readonly ChatMessage[], control: AbortController): Promise<void> {
    let waiting: ChatEvent[] = [];
    const apply = () => {
      const events = waiting;
      waiting = [];
      if (events.length > 0) change(id, (answer) => events.reduce(withEvent, answer));
    };
    for await (const event of deps.streamChat({ messages }, control.signal)) {
      if (control.signal.aborted) break;
      if (waiting.length === 0) deps.schedule(apply);
      waiting.push(event);
    }
    apply();
    change(id, (answer) => (isRunning(answer) ? { ...answer, status: 'stopped' } : answer));
  }

  function start(before: readonly Turn[], question: string): void {
    stop();
    const id = makeId();
    running = new AbortController();
    turns.set([...before, { id, question, answer: emptyAnswer }]);
    void run(id, messagesOf(before, question), running);
  }

  function stop(): void {
    running?.abort();
    running = undefined;
    const last = turns.get().at(-1);
    if (last && isRunning(last.answer)) change(last.id, (answer) => ({ ...answer, status: 'stopped' }));
  }

  return {
    turns,
    ask: (question) => start(turns.get(), question),
    askAgain(question) {
      const last = turns.get().at(-1);
      if (last) start(turns.get().slice(0, -1), question ?? last.question);
    },
    rate: (id, rating) => turns.set(turns.get().map((turn) => (turn.id === id ? { ...turn, rating } : turn))),
    stop,
    load(next) {
      stop();
      turns.set(next);
    },
  };
}
