import type { GapRecord, SeenSection } from '../../../server/gaps/gap-store.ts';

/** The section of alerts, as a question saw it. */
export const alerts: SeenSection = {
  path: 'rmm.md',
  anchor: 'alerts',
  headings: ['RMM', 'Alerts'],
  hash: 'hash of alerts',
};

/** An unanswered question, unless told otherwise. */
export function gapOf(question: string, more: Partial<GapRecord> = {}): GapRecord {
  return { question, kind: 'abstained', mode: 'abstained', score: 0.1, nearest: [alerts], ...more };
}
