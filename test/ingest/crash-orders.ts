import type { Model } from './crash-states.ts';

/** Each call of the store and the model that a run makes; a kill may be put at any. */
export const STEPS = [
  'openStoreWriter',
  'documents',
  'chunkKeys',
  'vectorsOf',
  'embedPassages',
  'addChunks',
  'addDocuments',
  'deleteChunks',
  'deleteDocuments',
  'commit',
  'lastRun',
  'lastCheck',
  'recordCheck',
  'recordRun',
  'close',
] as const;
export type Step = (typeof STEPS)[number];

/** Dies at a step: before it, after it, or `delay` milliseconds into it (or at its end, if that comes first). */
export type Death = {
  readonly step: Step;
  readonly when: 'before' | 'during' | 'after';
  readonly delay: number;
};

export type Run = {
  readonly state: number;
  readonly model: Model;
  readonly full: boolean;
  /** Milliseconds that the store's clock goes ahead: makes it remove old versions. */
  readonly later: number;
  readonly death?: Death;
};

/** `look`: what a reader sees. `ingest`: brings docs and store to a state. */
export type Order =
  | { readonly kind: 'look'; readonly store: string }
  | ({ readonly kind: 'ingest'; readonly docs: string; readonly store: string } & Run);

export type Report =
  | { readonly kind: 'ready' }
  | { readonly kind: 'seen'; readonly digest: string }
  | { readonly kind: 'ingested'; readonly version: number; readonly milliseconds: number }
  | { readonly kind: 'failed'; readonly message: string };
