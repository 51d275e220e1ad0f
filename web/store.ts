import { useEffect, useState } from 'preact/hooks';

/** A value that components follow. `set` tells subscribers only when the value is another one. */
export type Store<T> = {
  get(): T;
  set(next: T): void;
  /** Returns the function that ends the subscription. */
  subscribe(listener: (value: T) => void): () => void;
};

export function makeStore<T>(initial: T): Store<T> {
  let value = initial;
  const listeners = new Set<(value: T) => void>();
  return {
    get: () => value,
    set(next) {
      if (Object.is(next, value)) return;
      value = next;
      for (const listener of [...listeners]) listener(value);
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** The store's value; the component renders again when it changes. */
export function useStore<T>(store: Pick<Store<T>, 'get' | 'subscribe'>): T {
  const [, refresh] = useState(0);
  useEffect(() => {
    const seen = store.get();
    const stop = store.subscribe(() => refresh((count) => count + 1));
    if (!Object.is(seen, store.get())) refresh((count) => count + 1);
    return stop;
  }, [store]);
  return store.get();
}
