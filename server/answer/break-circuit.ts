import { BrokenCircuitError, CircuitState, ConsecutiveBreaker, circuitBreaker, handleWhen } from 'cockatiel';
import { DocentError } from '../../knowledge/errors.ts';
import type { ChatModel } from './chat-model.ts';

/** Requests in a row that fail before an endpoint counts as down. */
const FAILURES = 3;
/** Then so long, in ms, until one request tries whether it is back. */
const REST_MS = 15_000;

export type CircuitOptions = {
  /** Told when the endpoint begins to count as down, and when it is back. */
  readonly onChange: (state: 'down' | 'back') => void;
  readonly rest?: number;
};

/**
 * The same model, which isn't asked while its endpoint is down: after three requests in a row that didn't reach it,
 * all fail at once with `model_unreachable`, but for one every 15 s that tries again.
 */
export function breakCircuit(model: ChatModel, { onChange, rest = REST_MS }: CircuitOptions): ChatModel {
  const circuit = circuitBreaker(
    handleWhen((error) => {
      const code = error instanceof DocentError ? error.code : undefined;
      // What tries whether it is back has shown so only by an answer; a reader who left meanwhile has shown nothing.
      return code === 'model_unreachable' || (isTrying() && code !== 'model_refused');
    }),
    { halfOpenAfter: rest, breaker: new ConsecutiveBreaker(FAILURES) },
  );
  const isTrying = (): boolean => circuit.state === CircuitState.HalfOpen;
  let down = false;
  circuit.onStateChange((state) => {
    if (state === CircuitState.Open && !down) {
      down = true;
      onChange('down');
    }
    if (state === CircuitState.Closed && down) {
      down = false;
      onChange('back');
    }
  });

  const isResting = () =>
    new DocentError(
      'model_unreachable',
      `The language model "${model.name}" has failed again and again, and is tried again soon.`,
    );

  async function within<T>(work: () => Promise<T>): Promise<T> {
    // The circuit itself would let all others wait for the one that tries.
    if (isTrying()) throw isResting();
    try {
      return await circuit.execute(work);
    } catch (error) {
      throw error instanceof BrokenCircuitError ? isResting() : error;
    }
  }

  return {
    ...model,
    isDown: () => down,
    async *stream(messages, options) {
      const pieces = model.stream(messages, options)[Symbol.asyncIterator]();
      try {
        // With its first words a model has shown that it is there.
        let next = await within(() => pieces.next());
        for (; !next.done; next = await pieces.next()) yield next.value;
      } finally {
        await pieces.return?.();
      }
    },
    complete: (messages, options) => within(() => model.complete(messages, options)),
  };
}
