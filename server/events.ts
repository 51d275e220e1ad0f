/**
 * The types of the wire contract between server and web, all of them inferred from the schemas of `contract/`,
 * which also check requests and make `/openapi.json`. Types only, so that the web client takes no schema along.
 */
import type { z } from 'zod';
import type * as chat from './contract/chat.ts';
import type * as docs from './contract/docs.ts';
import type { errorBody } from './contract/error-body.ts';
import type * as gaps from './contract/gaps.ts';
import type { status } from './contract/status.ts';

type Immutable<T> = { readonly [Key in keyof T]: Immutable<T[Key]> };
type Body<Schema extends z.ZodType> = Immutable<z.output<Schema>>;

export type Source = Body<typeof chat.source>;
export type Citation = Body<typeof chat.citation>;
export type ClaimStatus = Body<typeof chat.claimStatus>;
export type Claim = Body<typeof chat.claim>;
export type Disagreement = Body<typeof chat.disagreement>;
export type AnswerMode = Body<typeof chat.answerMode>;
export type Done = Body<typeof chat.done>;
type ChatEvents = typeof chat.chatEvents;
/** The data of an event together with its name. */
export type ChatEvent = {
  [Name in keyof ChatEvents]: { readonly type: Name } & Body<ChatEvents[Name]>;
}[keyof ChatEvents];
export type ChatMessage = Body<typeof chat.chatMessage>;
export type ChatRequest = Body<typeof chat.chatRequest>;

export type SearchHit = Body<typeof docs.searchHit>;
export type SearchResponse = Body<typeof docs.searchResponse>;
export type SectionInfo = Body<typeof docs.sectionInfo>;
export type DocumentList = Body<typeof docs.documentList>;
export type DocumentPage = Body<typeof docs.documentPage>;
export type SectionState = Body<typeof docs.sectionState>;
export type Info = Body<typeof docs.info>;

export type Feedback = Body<typeof gaps.feedback>;
export type NearSection = Body<typeof gaps.nearSection>;
export type GapGroup = Body<typeof gaps.gapGroup>;
export type GapList = Body<typeof gaps.gapList>;

export type Status = Body<typeof status>;

export type ErrorBody = Body<typeof errorBody>;
