import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Cited } from './answer-state.ts';

/** What the marks inside an answer can do. The object stays the same while the answer grows. */
export type AnswerActions = {
  /** Finds what `[n]` at an offset of the text cites. */
  cited(n: number, offset: number): Cited | undefined;
  open(cited: Cited): void;
};

export const AnswerContext = createContext<AnswerActions | undefined>(undefined);

export function useAnswerActions(): AnswerActions | undefined {
  return useContext(AnswerContext);
}
