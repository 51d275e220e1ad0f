import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ChatModel, makeChatModel } from '../../../server/answer/chat-model.ts';
import { makeChecker } from '../../../server/answer/check.ts';
import { makeClock } from '../../../server/answer/timings.ts';
import { write } from '../../../server/answer/write.ts';
import { writeAnswer } from '../../../server/answer/write-answer.ts';
import type { Claim } from '../../../server/events.ts';
import { fakeStore } from '../fake-store.ts';
import { llamaServer, type RealModel, startRealModel } from '../real-model.ts';
import { foundIn } from './found-in.ts';

const passages = [
  {
    n: 1,
    title: 'RMM',
    headings: ['RMM', 'What Is an RMM?'],
    text: 'An RMM is the software an MSP uses to watch, maintain, and control its clients’ devices from a distance.',
  },
  {
    n: 2,
    title: 'PSA',
    headings: ['PSA'],
    text: 'A PSA runs the business of an MSP: tickets, time and invoices.',
  },
];

describe.skipIf(!llamaServer.there)(`with a real model${llamaServer.why}`, () => {
  let endpoint: RealModel;
  let chatModel: ChatModel;

  beforeAll(async () => {
    endpoint = await startRealModel();
    chatModel = makeChatModel({ model: 'smollm2', baseUrl: endpoint.baseUrl });
  }, 60_000);
  afterAll(() => endpoint?.close());

  test('an answer comes in pieces, the first before the model has finished', async () => {
    let pieces = 0;
    let busyAtFirst = 0;
    for await (const written of write({ chatModel, question: 'What is an RMM?', passages })) {
      if (pieces++ === 0) busyAtFirst = await endpoint.busy();
      expect(written.type).toBe('text');
    }
    expect(pieces).toBeGreaterThan(1);
    expect(busyAtFirst).toBe(1);
  }, 60_000);

  test('each statement of an answer that it writes and checks itself gets a final status', async () => {
    const question = 'What does a PSA do?';
    const source = `# PSA\n\n${passages[1]?.text}\n\n# RMM\n\n${passages[0]?.text}\n`;
    const answer = writeAnswer(
      {
        question,
        conversation: [],
        found: foundIn({ 'page.md': source }, question),
        decision: { verdict: 'answer', score: 0.9, missing: [] },
        snapshot: await fakeStore([]).current(),
        clock: makeClock(),
        signal: new AbortController().signal,
      },
      chatModel,
      makeChecker({ model: chatModel }),
    );
    const claims = new Map<string, Claim>();
    const seen: string[] = [];
    for await (const event of answer) {
      seen.push(event.type);
      if (event.type === 'claim') claims.set(`${event.start} ${event.end}`, event);
    }
    expect(seen.filter((type) => type === 'delta').length).toBeGreaterThan(1);
    expect(seen.at(-1)).toBe('done');
    expect(claims.size).toBeGreaterThan(0);
    for (const { checking, status, citations } of claims.values()) {
      expect(checking).toBeUndefined();
      if (status !== 'unsupported') expect(citations.length).toBeGreaterThan(0);
    }
  }, 120_000);

  test('leaving ends the model’s work', async () => {
    const long = [{ role: 'user' as const, content: 'Count from 1 to 2000, one number on each line.' }];
    for await (const piece of chatModel.stream(long, { maxTokens: 4000 })) {
      expect(piece).not.toBe('');
      break;
    }
    while ((await endpoint.busy()) > 0) await delay(20);
    expect(await endpoint.busy()).toBe(0);
  }, 30_000);

  test('JSON is given where it is asked for', async () => {
    const messages = [
      { role: 'user' as const, content: 'Give the JSON object {"answer": "yes"} and nothing else.' },
    ];
    const text = await chatModel.complete(messages, { json: true, maxTokens: 100 });
    expect(typeof JSON.parse(text)).toBe('object');
  }, 60_000);
});
