import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { serve } from '@hono/node-server';
import type { Document } from '../../knowledge/document.ts';
import { makeApp } from '../../server/app.ts';
import type { ChatRequest, Info, SearchHit } from '../../server/events.ts';
import { fakeStore } from '../server/fake-store.ts';
import { CutConnection, play, type Step } from './script-answer.ts';

/** The real routes and headers over scripted answers. */
export type FakeServer = {
  readonly url: string;
  readonly documents: readonly Document[];
  /** What the next questions get. */
  answerWith(steps: readonly Step[] | ((request: ChatRequest) => readonly Step[])): void;
  /** Requests of the chat so far. */
  readonly asked: readonly ChatRequest[];
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

/** Serves the built client with these documents on a free port of 127.0.0.1. */
export async function startFakeServer(options: {
  readonly documents: readonly Document[];
  readonly info?: Partial<Info>;
}): Promise<FakeServer> {
  const { documents } = options;
  const asked: ChatRequest[] = [];
  let abandoned = 0;
  let steps: (request: ChatRequest) => readonly Step[] = () => [];
  const connections = new Set<{ destroy(): void }>();

  const app = makeApp({
    webDir,
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
        ...options.info,
      }),
    async *answer(request, signal) {
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
    log: { info: () => undefined, warn: () => undefined, error: () => undefined },
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
