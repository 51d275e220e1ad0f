/** A chunk as an embedder sees it: its context line and its sentences in plain text. */
export type Passage = { readonly context: string; readonly sentences: readonly string[] };

/** Unit vectors of `dimensions` floats: one for the whole passage, one for each sentence. */
export type PassageEmbedding = {
  readonly vector: Float32Array;
  readonly sentences: readonly Float32Array[];
};

/** `last`: after all that somebody waits for in front of a screen, as passages are. */
export type Turn = 'last';

/** Turns text into vectors. Implementations: local ONNX model, any OpenAI-compatible endpoint. */
export type Embedder = {
  /** Names the model and all that changes its vectors; part of the index fingerprint. */
  readonly id: string;
  readonly dimensions: number;
  /** Tokens that a question may have before its end is lost; absent where the endpoint decides. */
  readonly maxTokens?: number;
  /** Unit vector of a question. Throws `DocentError` `embedding_failed`. */
  embedQuery(text: string, signal?: AbortSignal, turn?: Turn): Promise<Float32Array>;
  /** One result for each passage, in order. Throws `DocentError` `embedding_failed`. */
  embedPassages(passages: readonly Passage[], signal?: AbortSignal): Promise<PassageEmbedding[]>;
  close(): Promise<void>;
};
