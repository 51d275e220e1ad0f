import { describe, expect, it } from 'vitest';
import { standaloneByRule } from '../../../server/answer/standalone-question.ts';
import type { ChatMessage } from '../../../server/events.ts';
import { gistOf, questionOfHeading } from '../../../web/chat/question-of-heading.ts';
import { shippedDocuments } from '../../browser/corpus.ts';

const headings = (await shippedDocuments()).flatMap(({ sections }) =>
  sections.flatMap((section) => (section.level >= 2 ? (section.headings.at(-1) ?? []) : [])),
);

describe('questionOfHeading', () => {
  it.each([
    ['What Is an RMM?', 'What is an RMM?'],
    ['RMM versus PSA', 'What is the difference between RMM and PSA?'],
    ['How an MSP Works', 'How does an MSP work?'],
    ['How PSA Vendors Differ', 'How do PSA Vendors differ?'],
    ['What an RMM Does', 'What does an RMM do?'],
    ['What to Compare in an RMM', 'What should I compare in an RMM?'],
    ['How to Request Time Off', 'How do I request Time Off?'],
    ['When One Product Does Both', 'What should I know about “When One Product Does Both”?'],
    ['Install the agent', 'What should I know about “Install the agent”?'],
    ['The Break-Fix  Era', 'What should I know about “The Break-Fix Era”?'],
  ])('asks about %j', (heading, question) => {
    expect(questionOfHeading(heading)).toBe(question);
  });

  it.each(['Table of Contents', 'Overview', 'Glossary A to D', 'See also', 'How to Use These Guides', ' '])(
    'asks nothing about %j',
    (heading) => {
      expect(questionOfHeading(heading)).toBeUndefined();
    },
  );

  it('asks what stands alone in a conversation about something else', () => {
    const past: ChatMessage[] = [
      { role: 'user', content: 'What is a dragon?' },
      { role: 'assistant', content: 'A dragon is a beast.' },
    ];
    const questions = headings.flatMap((heading) => questionOfHeading(heading) ?? []);
    const understood = questions.map((content) => standaloneByRule([...past, { role: 'user', content }]));
    expect(questions.length).toBeGreaterThan(80);
    expect(understood).toEqual(questions);
  });
});

describe('gistOf', () => {
  it('is the same for questions that differ in articles, case and signs', () => {
    expect(gistOf('What is the difference between an RMM and a PSA?')).toBe(
      gistOf('what is difference between RMM and PSA'),
    );
    expect(gistOf('What is an RMM?')).not.toBe(gistOf('What is a PSA?'));
  });
});
