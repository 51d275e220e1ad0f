/** The wire contract between server and web. Types only; no dependencies. */

/** A section that the answer may cite; `n` is the number shown, from 1. */
export type Source = {
  readonly n: number;
  readonly path: string;
  readonly anchor: string;
  readonly headings: readonly string[];
  readonly title: string;
  /** Page that opens the section, e.g. `/docs/rmm.md#alerts`. */
  readonly url: string;
  /** The quoted or nearest words, plain text, at most 400 characters. */
  readonly excerpt: string;
  /** SHA-256 of the section's text: tells later whether it has changed. */
  readonly hash: string;
  /** ISO 8601. */
  readonly changedAt: string;
  /** Last changed longer ago than `STALE_AFTER_DAYS`. */
  readonly stale?: true;
};

/** `start` and `end` are UTF-16 offsets in the source file. */
export type Citation = {
  readonly n: number;
  readonly quote: string;
  readonly start: number;
  readonly end: number;
};

export type ClaimStatus = 'quoted' | 'supported' | 'unsupported';

/**
 * One statement of the answer. `start` and `end` are UTF-16 offsets in the answer's text so far.
 * A later claim for the same range replaces the earlier one.
 */
export type Claim = {
  readonly start: number;
  readonly end: number;
  readonly status: ClaimStatus;
  readonly citations: readonly Citation[];
  /** Why it isn't supported, for the reader. */
  readonly reason?: string;
  /** In a quoted answer: the sentence that answers, among those that stand around it. */
  readonly key?: boolean;
  /** True while a checker still looks at it. */
  readonly checking?: boolean;
};

export type AnswerMode = 'quoted' | 'written' | 'abstained';

export type Done = {
  readonly mode: AnswerMode;
  /** 0..1, how surely the docs answer this. */
  readonly score: number;
  /** Version of the index answered from. */
  readonly version: number;
  /** Milliseconds by stage. */
  readonly timings: Readonly<Record<string, number>>;
  /** The docs answer only part of the question, or only come near it; says which part is missing. */
  readonly note?: string;
};

export type ChatEvent =
  | { readonly type: 'question'; readonly text: string }
  | {
      readonly type: 'stage';
      readonly stage: 'searching' | 'reading' | 'writing' | 'checking';
      readonly sections?: number;
    }
  | { readonly type: 'sources'; readonly sources: readonly Source[] }
  | { readonly type: 'delta'; readonly text: string }
  | ({ readonly type: 'claim' } & Claim)
  | ({ readonly type: 'done' } & Done)
  | ({ readonly type: 'error' } & ErrorBody);

export type ChatMessage = { readonly role: 'user' | 'assistant'; readonly content: string };
export type ChatRequest = { readonly messages: readonly ChatMessage[] };

export type SearchHit = {
  readonly path: string;
  readonly anchor: string;
  readonly headings: readonly string[];
  readonly title: string;
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly score: number;
};
export type SearchResponse = { readonly hits: readonly SearchHit[]; readonly version: number };

export type SectionInfo = {
  readonly anchor: string;
  readonly headings: readonly string[];
  readonly level: number;
  readonly start: number;
  readonly end: number;
  readonly hash: string;
  readonly changedAt: string;
};
/** `GET /api/docs`: all documents, by path. */
export type DocumentList = {
  readonly documents: readonly {
    readonly path: string;
    readonly title: string;
    readonly changedAt: string;
    readonly sections: readonly SectionInfo[];
  }[];
  readonly version: number;
};
/** `GET /api/docs/PATH`: one document with its Markdown. */
export type DocumentPage = {
  readonly path: string;
  readonly title: string;
  readonly source: string;
  readonly changedAt: string;
  readonly sections: readonly SectionInfo[];
  readonly version: number;
};
/**
 * `GET /api/sections?path=&anchor=&hash=`: a section that was cited, as it is now. `moved`: its very text stands
 * under the `path` and `anchor` given here. `text` is its present Markdown, `start` its UTF-16 offset in the file.
 */
export type SectionState =
  | {
      readonly status: 'same' | 'changed' | 'moved';
      readonly path: string;
      readonly anchor: string;
      readonly headings: readonly string[];
      readonly text: string;
      readonly start: number;
      readonly changedAt: string;
      readonly version: number;
    }
  | { readonly status: 'gone'; readonly path: string; readonly anchor: string; readonly version: number };
/** `GET /api/info`: what the client shows before the first question. */
export type Info = {
  readonly name: string;
  readonly mode: 'quoted' | 'written';
  readonly model?: string;
  readonly suggestions: readonly string[];
  readonly documents: number;
  readonly version: number;
  /** ISO 8601 time of the last ingest. */
  readonly ingestedAt: string;
  /** Ratings are taken, and open questions listed. */
  readonly feedback?: true;
};
/** Where an answer to an open question could stand. */
export type NearSection = {
  readonly path: string;
  readonly anchor: string;
  readonly headings: readonly string[];
};
/** Open questions that mean much the same: unanswered, answered only nearly, or with an answer rated badly. */
export type GapGroup = {
  /** The wording asked most. */
  readonly question: string;
  /** Other wordings, at most five. */
  readonly alike: readonly string[];
  /** How often it was asked without an answer, or with one that only came near. */
  readonly unanswered: number;
  readonly ratedDown: number;
  /** What readers wrote about the answers they rated badly, at most five, newest first. */
  readonly why: readonly string[];
  /** 0..1 of the last time it was asked. */
  readonly score: number;
  /** ISO 8601. */
  readonly lastAsked: string;
  readonly nearest?: NearSection;
  /** The index answers it now, from text that is new since. Absent until the server has looked. */
  readonly resolved?: boolean;
};
/** `GET /api/gaps`: the open ones first, and of those the most asked. */
export type GapList = {
  readonly groups: readonly GapGroup[];
  /** How readers rated answers in all. */
  readonly rated: { readonly up: number; readonly down: number };
  /** Days that questions are kept. */
  readonly retentionDays: number;
};
/** Body of `POST /api/feedback`. */
export type Feedback = {
  readonly question: string;
  readonly rating: 'up' | 'down';
  readonly why?: string | undefined;
  /** Sections that the answer was made of. */
  readonly sources?: readonly { readonly path: string; readonly anchor: string }[] | undefined;
};
/** Body of every answer that is not a success. */
export type ErrorBody = {
  readonly code: string;
  readonly message: string;
  /** Seconds after which to try again, where that is known. */
  readonly retryAfter?: number;
};
