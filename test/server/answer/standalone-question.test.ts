import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { ChatModel, ModelMessage } from '../../../server/answer/chat-model.ts';
import { standaloneByModel, standaloneByRule } from '../../../server/answer/standalone-question.ts';
import type { ChatMessage } from '../../../server/events.ts';

/** Questions with their answers, then the last question. */
function conversation(turns: readonly (readonly [string, string])[], last: string): ChatMessage[] {
  const past = turns.flatMap(([user, assistant]): ChatMessage[] => [
    { role: 'user', content: user },
    { role: 'assistant', content: assistant },
  ]);
  return [...past, { role: 'user', content: last }];
}

const msps = [
  'What are MSPs?',
  'A managed service provider (MSP) looks after other firms’ IT for a fee.',
] as const;
const rmm = ['What is an RMM?', 'An RMM is the software an MSP uses to watch devices. [1]'] as const;
const psa = ['What is a PSA?', 'A PSA is the software an MSP uses to run its business. [1]'] as const;
const timeOff = ['How do I request time off?', 'Ask in HR Links.'] as const;
const list = '**Services**\n\n- **vCIO services**: plan. [1]\n- **vCISO services**: protect. [2]';
const services = ['What strategic services do MSPs offer?', list] as const;
const both = ['What is the difference between an RMM and a PSA?', 'One watches, one bills.'] as const;
const datto = ['When did Kaseya acquire Datto?', '2022: Kaseya acquired Datto. [1]'] as const;

describe('a follow-up, by the conversation’s own words', () => {
  test.each<[string, readonly (readonly [string, string])[], string]>([
    ['And how do they charge?', [msps], 'How do MSPs charge?'],
    ['who are their customers', [msps], 'Who are MSPs’ customers?'],
    ['Why would anyone need one?', [msps], 'Why would anyone need MSPs?'],
    ['why?', [msps], 'Why (MSPs)?'],
    ['thanks, and what is an RMM?', [msps], 'What is an RMM?'],
    ['how does it work?', [rmm], 'How does an RMM work?'],
    ['What are its risks?', [rmm], 'What are an RMM’s risks?'],
    ['and the risks?', [rmm], 'What about the risks (RMM)?'],
    ['How do the vendors differ?', [rmm], 'How do the vendors differ (RMM)?'],
    ['is it the same as a PSA?', [rmm], 'Is an RMM the same as a PSA?'],
    ['Which one is the best?', [rmm], 'Which RMM is the best?'],
    ['and a PSA?', [rmm], 'What is a PSA?'],
    ['what about PSAs?', [rmm], 'What are PSAs?'],
    ['ok, and who uses them?', [rmm], 'Who uses an RMM?'],
    ['Which products are there?', [rmm], 'Which products are there (RMM)?'],
    ['What is one-off revenue?', [rmm], 'What is one-off revenue?'],
    ['who makes it?', [rmm, ['and a PSA?', 'Software.']], 'Who makes a PSA?'],
    ['who makes it?', [rmm, ['Thanks!', 'You’re welcome.']], 'Who makes an RMM?'],
    ['And how do they differ?', [rmm, psa], 'How do an RMM and a PSA differ?'],
    [
      'what is the difference between them',
      [rmm, ['and a PSA?', 'Software.']],
      'What is the difference between an RMM and a PSA?',
    ],
    [
      'which one should I buy first?',
      [rmm, psa, ['How do they differ?', 'One bills.']],
      'Which of an RMM and a PSA should I buy first?',
    ],
    ['how do they differ?', [both], 'How do an RMM and a PSA differ?'],
    ['How do they differ?', [rmm, services], 'How do MSPs differ?'],
    ['who makes them?', [rmm, psa], 'Who makes a PSA?'],
    ['What about the second one?', [services], 'What about vCISO services?'],
    ['Tell me more about the first', [services], 'Tell me more about vCIO services?'],
    ['and the last one?', [services], 'What about vCISO services?'],
    ['what does the latter cost?', [both], 'What does PSA cost?'],
    ['which one should I buy first?', [both], 'Which of an RMM and a PSA should I buy first?'],
    ['And IT Glue?', [datto], 'When did Kaseya acquire IT Glue?'],
    ['Who approves it?', [timeOff], 'Who approves it (request time off)?'],
    ['And sick leave?', [timeOff], 'How do I request time off: sick leave?'],
    ['in Denver?', [timeOff], 'How do I request time off in Denver?'],
  ])('%s', (last, turns, standalone) => {
    expect(standaloneByRule(conversation(turns, last))).toBe(standalone);
  });

  test('the golden follow-ups name what they are about', () => {
    const topics: Readonly<Record<string, string>> = {
      'fol-01': 'MSPs',
      'fol-02': 'vCISO',
      'fol-03': 'RMM',
      'fol-04': 'PSA',
      'fol-05': 'EDR',
      'fol-06': 'vertical MSP',
      'fol-07': 'IT Glue',
      'fol-08': 'tier 3',
      'fol-09': 'SLA',
    };
    const golden = readFileSync('test/eval/golden.jsonl', 'utf8').trim().split('\n');
    for (const line of golden) {
      const { id, question, history }: { id: string; question: string; history?: ChatMessage[] } =
        JSON.parse(line);
      const topic = topics[id];
      if (topic === undefined || history === undefined) continue;
      expect(standaloneByRule([...history, { role: 'user', content: question }])).toContain(topic);
    }
  });
});

describe('a question that stands alone', () => {
  test.each([
    'What is a SIEM?',
    'Define SLA.',
    'What is tool sprawl?',
    'How do I request time off?',
    'RMM vs PSA',
    'is there a dress code?',
    'Who fixes laptops if a company has no IT guy?',
    'my timesheet from 2 weeks ago is wrong how do i fix it',
    'How many tickets that are overdue does the team see each week?',
    'how many people fit in one google meet call',
    'I started in mid september, do I get a review this year?',
    'How do I cook risotto for four people?',
  ])('stays as it is: %s', (last) => {
    expect(standaloneByRule(conversation([rmm], last))).toBe(last);
  });

  test('so does a first question that points at nothing', () => {
    expect(standaloneByRule([{ role: 'user', content: ' And how do they charge? ' }])).toBe(
      'And how do they charge?',
    );
  });
});

type Fake = ChatModel & { readonly asked: (readonly ModelMessage[])[] };

function modelThatSays(reply: string): Fake {
  const asked: (readonly ModelMessage[])[] = [];
  return {
    name: 'fake',
    contextTokens: 4_096,
    asked,
    async *stream() {
      yield* [];
    },
    async complete(messages) {
      asked.push(messages);
      return reply;
    },
  };
}

describe('a follow-up, by a model', () => {
  const signal = new AbortController().signal;
  const followUp = conversation([msps], 'And how do they charge?');

  test.each([
    'How do managed service providers charge?',
    '"How do managed service providers charge?"',
    'Rewritten question: How do managed service providers charge?\n\nI hope that helps!',
  ])('is what the model makes of it: %j', async (reply) => {
    expect(await standaloneByModel(followUp, modelThatSays(reply), signal)).toBe(
      'How do managed service providers charge?',
    );
  });

  test.each([
    ['nothing', ''],
    ['an answer', 'A managed service provider looks after IT for a fee.'],
    ['another topic', 'How do penguins charge each other for fish in winter?'],
    ['the topic without the question', 'What is a managed service provider (MSP)?'],
    ['noise', '}}}]]<|im_end|>'],
    ['far too much', `How do MSPs charge ${'a fee '.repeat(80)}?`],
  ])('is made by the rule when the model gives %s', async (_, reply) => {
    expect(await standaloneByModel(followUp, modelThatSays(reply), signal)).toBe('How do MSPs charge?');
  });

  test('no model is asked about a question that stands alone', async () => {
    const model = modelThatSays('How do managed service providers charge?');
    const alone = conversation([msps], 'What is a SIEM?');
    expect(await standaloneByModel(alone, model, signal)).toBe('What is a SIEM?');
    expect(await standaloneByModel([{ role: 'user', content: 'And they?' }], model, signal)).toBe(
      'And they?',
    );
    expect(model.asked).toHaveLength(0);
  });

  test('a long conversation is cut to its end', async () => {
    const turns = Array.from({ length: 40 }, (_, i) => [`Question ${i}?`, 'word '.repeat(400)] as const);
    const model = modelThatSays('');
    await standaloneByModel(conversation(turns, 'And how do they charge?'), model, signal);
    const said = model.asked[0]?.map(({ content }) => content).join('') ?? '';
    expect(said.length).toBeLessThan(7_000);
    expect(said).toContain('Question 39?');
    expect(said).not.toContain('Question 3?');
  });
});
