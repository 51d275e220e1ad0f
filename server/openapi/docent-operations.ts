import { z } from 'zod';
import { LARGEST_CONVERSATION } from '../chat-request.ts';
import { chatEvents, chatRequest } from '../contract/chat.ts';
import {
  documentList,
  documentPage,
  health,
  info,
  readiness,
  searchQuery,
  searchResponse,
  sectionQuery,
  sectionState,
} from '../contract/docs.ts';
import { errorBody } from '../contract/error-body.ts';
import { feedback, gapList } from '../contract/gaps.ts';
import { path } from '../contract/places.ts';
import { status } from '../contract/status.ts';
import { faultReplies, jsonReply, type Operation } from './operation.ts';

/** Of whatever reads the index. */
const INDEX = ['store_missing', 'store_mismatch', 'store_damaged'] as const;

export const GROUPS = [
  { name: 'Answers', description: 'Questions, answered from the docs and proven by them.' },
  { name: 'Docs', description: 'Search, the documents, and what has become of a cited section.' },
  { name: 'Open questions', description: 'What the docs lack, and what readers think of the answers.' },
  { name: 'Server', description: 'What serves, and how it is.' },
];

/** Docent’s own routes. */
export const docentOperations: readonly Operation[] = [
  {
    id: 'ask',
    method: 'post',
    path: '/api/chat',
    group: 'Answers',
    summary: 'Answer the last question of a conversation',
    description: `Answers as a stream of events. The conversation has at most ${LARGEST_CONVERSATION} kB.`,
    body: chatRequest,
    example: { messages: [{ role: 'user', content: 'What is an RMM?' }] },
    replies: {
      200: {
        description:
          'The answer as it comes about: its text in pieces, its sources, and what proves each statement. The last event is `done`, or `error` where something failed on the way.',
        events: chatEvents,
      },
      ...faultReplies('bad_request', 'question_empty', 'question_too_long'),
    },
  },
  {
    id: 'search',
    method: 'get',
    path: '/api/search',
    group: 'Docs',
    summary: 'Find the best passages for a question',
    query: searchQuery,
    replies: {
      200: jsonReply('The best passages, best first.', searchResponse),
      ...faultReplies('bad_request', 'question_empty', 'question_too_long', 'embedding_failed', ...INDEX),
    },
  },
  {
    id: 'listDocuments',
    method: 'get',
    path: '/api/docs',
    group: 'Docs',
    summary: 'List all documents with their sections',
    replies: { 200: jsonReply('All documents, by path.', documentList), ...faultReplies(...INDEX) },
  },
  {
    id: 'readDocument',
    method: 'get',
    path: '/api/docs/{path}',
    group: 'Docs',
    summary: 'Read one document',
    description: 'Slashes between folders are left as they are; each part is percent-encoded.',
    params: z.object({ path: path.meta({ examples: ['rmm.md'] }) }),
    replies: {
      200: jsonReply('The document with its Markdown.', documentPage),
      ...faultReplies('not_found', ...INDEX),
    },
  },
  {
    id: 'sectionState',
    method: 'get',
    path: '/api/sections',
    group: 'Docs',
    summary: 'See what has become of a cited section',
    query: sectionQuery,
    replies: {
      200: jsonReply('The section as it is now, wherever it stands.', sectionState),
      ...faultReplies('bad_request', ...INDEX),
    },
  },
  {
    id: 'rate',
    method: 'post',
    path: '/api/feedback',
    group: 'Open questions',
    summary: 'Rate an answer',
    description: 'Kept without a word of who rated. A bad rating makes the question an open one.',
    body: feedback,
    example: { question: 'What is an RMM?', rating: 'down', why: 'Too short.' },
    replies: {
      204: { description: 'Kept.' },
      ...faultReplies('bad_request', 'question_too_long', 'not_found', 'embedding_failed', ...INDEX),
    },
  },
  {
    id: 'listGaps',
    method: 'get',
    path: '/api/gaps',
    group: 'Open questions',
    summary: 'List what the docs don’t answer',
    description: '`not_found` where open questions aren’t kept.',
    replies: {
      200: jsonReply('Open questions, alike ones together.', gapList),
      ...faultReplies('not_found', 'embedding_failed', ...INDEX),
    },
  },
  {
    id: 'exportGaps',
    method: 'get',
    path: '/api/gaps.csv',
    group: 'Open questions',
    summary: 'The same for a spreadsheet',
    replies: {
      200: { description: 'CSV by RFC 4180, with a header.', bodies: { 'text/csv': z.string() } },
      ...faultReplies('not_found', 'embedding_failed', ...INDEX),
    },
  },
  {
    id: 'info',
    method: 'get',
    path: '/api/info',
    group: 'Server',
    summary: 'How this Docent answers, and from what',
    replies: {
      200: jsonReply('What the client shows before the first question.', info),
      ...faultReplies(...INDEX),
    },
  },
  {
    id: 'status',
    method: 'get',
    path: '/api/status',
    group: 'Server',
    summary: 'How this server is',
    description: 'For tokens that see everything. The page at `/status` shows the same.',
    replies: {
      200: jsonReply('Index, models, answers under way and the last ingest.', status),
      ...faultReplies('not_found', 'forbidden'),
    },
  },
  {
    id: 'metrics',
    method: 'get',
    path: '/metrics',
    group: 'Server',
    summary: 'Figures for Prometheus',
    description: 'For tokens that see everything; `not_found` where nothing is measured.',
    replies: {
      200: { description: 'Prometheus’ text format.', bodies: { 'text/plain': z.string() } },
      ...faultReplies('not_found', 'forbidden'),
    },
  },
  {
    id: 'isAlive',
    method: 'get',
    path: '/healthz',
    group: 'Server',
    summary: 'Whether the process runs',
    open: true,
    replies: { 200: jsonReply('It does.', health) },
  },
  {
    id: 'isReady',
    method: 'get',
    path: '/readyz',
    group: 'Server',
    summary: 'Whether it can answer',
    open: true,
    replies: {
      200: jsonReply('It can.', readiness),
      503: jsonReply(
        `It can’t: ${[...INDEX, 'internal'].map((code) => `\`${code}\``).join(', ')}`,
        errorBody,
      ),
    },
  },
];
