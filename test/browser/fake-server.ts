import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { serve } from '@hono/node-server';
import type { Document } from '../../knowledge/document.ts';
import { makeApp } from '../../server/app.ts';
import type { ChatRequest, Feedback, GapList, Info, SearchHit } from '../../server/events.ts';
import type { StatusFor } from '../../server/status.ts';
import { silentLog } from '../server/app-deps.ts';
import { fakeStore } from '../server/fake-store.ts';
import { CutConnection, play, type Step } from './script-answer.ts';

/** The real routes and headers over scripted answers. */
export type FakeServer = {
  readonly url: string;
  /** Changes in it are at once what is served. */
  readonly documents: Document[];
  /** What the next questions get. */
  answerWith(steps: readonly Step[] | ((request: ChatRequest) => readonly Step[])): void;
  /** Requests of the chat so far. */
  readonly asked: readonly ChatRequest[];
  /** Ratings so far. */
  readonly rated: readonly Feedback[];
  /** How many answers were given up before their end. */
  readonly abandoned: () => number;
  close(): Promise<void>;
};

const webDir = fileURLToPath(new URL('../../dist/web', import.meta.url));

const suggestions = [
  'What is the difference between an RMM and a PSA?',
  'How do RMM agents work?',
  'What are the operational maturity levels?',
  'Which revenue streams does an MSP have?',
];

const openQuestions: GapList = {
  groups: [
    {
      question: 'How do I request parental leave?',
      alike: ['Who approves parental leave?'],
      unanswered: 5,
      ratedDown: 1,
      why: ['It names the form, but not where it is.'],
      score: 0.12,
      lastAsked: '2026-05-03T08:00:00.000Z',
      nearest: {
        path: 'rmm.md',
        anchor: 'how-rmm-agents-work',
        headings: ['Remote Monitoring and Management (RMM)', 'How RMM Agents Work'],
      },
      resolved: false,
    },
    {
      question: 'What does an RMM cost?',
      alike: [],
      unanswered: 0,
      ratedDown: 1,
      why: [],
      score: 0.4,
      lastAsked: '2026-05-01T08:00:00.000Z',
    },
    {
      question: 'What is a SOC?',
      alike: [],
      unanswered: 2,
      ratedDown: 0,
      why: [],
      score: 0.1,
      lastAsked: '2026-04-03T08:00:00.000Z',
      nearest: { path: 'rmm.md', anchor: 'what-is-an-rmm', headings: ['RMM', 'What Is an RMM?'] },
      resolved: true,
    },
  ],
  rated: { up: 12, down: 3 },
  retentionDays: 90,
};

/** Serves the built client with these documents on a free port of 127.0.0.1. */
export async function startFakeServer(options: {
  readonly documents: Document[];
  readonly info?: Partial<Info>;
  readonly gaps?: GapList;
  readonly allowedOrigins?: readonly string[];
  readonly status?: StatusFor;
}): Promise<FakeServer> {
  const { documents } = options;
  const asked: ChatRequest[] = [];
  const rated: Feedback[] = [];
  let abandoned = 0;
  let steps: (request: ChatRequest) => readonly Step[] = () => [];
  const connections = new Set<{ destroy(): void }>();

  const app = makeApp({
    webDir,
    allowedOrigins: options.allowedOrigins,
    status: options.status,
    store: fakeStore(documents),
    search: (question) => Promise.resolve({ hits: hitsOf(documents, question), version: 1 }),
    info: () =>
      Promise.resolve({
        name: 'Docent',
        mode: 'written',
        model: 'a scripted model',
        suggestions,
        documents: documents.length,
        version: 1,
        ingestedAt: '2026-05-04T08:00:00.000Z',
        feedback: true,
        gaps: true,
        ...options.info,
      }),
    gaps: {
      list: () => Promise.resolve(options.gaps ?? openQuestions),
      rate: async (feedback) => void rated.push(feedback),
    },
    async *answer(request, { signal }) {
      asked.push(request);
      let finished = false;
      try {
        yield* play(steps(request), signal);
        finished = !signal.aborted;
      } catch (fault) {
        if (!(fault instanceof CutConnection)) throw fault;
        for (const connection of connections) connection.destroy();
      } finally {
        if (!finished) abandoned += 1;
      }
    },
    log: silentLog,
  });

  const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' });
  server.on('connection', (socket) => {
    connections.add(socket);
    socket.on('close', () => connections.delete(socket));
  });
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    documents,
    asked,
    rated,
    abandoned: () => abandoned,
    answerWith(next) {
      steps = typeof next === 'function' ? next : () => next;
    },
    async close() {
      for (const connection of connections) connection.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Sections that hold every word of a question. */
function hitsOf(documents: readonly Document[], question: string): SearchHit[] {
  const words = question.toLowerCase().split(/\W+/).filter(Boolean);
  const all = documents.flatMap((document) =>
    document.sections.map((section): SearchHit => {
      const { anchor, headings, start, end } = section;
      const text = document.source.slice(start, end);
      const found = words.filter((word) => text.toLowerCase().includes(word)).length;
      return { path: document.path, title: document.title, anchor, headings, text, start, end, score: found };
    }),
  );
  return all.filter((hit) => hit.score === words.length && hit.text.trim() !== '').slice(0, 8);
}
