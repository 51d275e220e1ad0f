import { describe, expect, it } from 'vitest';
import { questionLink } from '../../../web/chat/question-link.ts';
import { parseRoute } from '../../../web/router.ts';

const turn = { id: 't1', question: 'R&D: what is "50%"?', answer: {} };

describe('a link to a question', () => {
  it('names its place in the conversation, and the question for browsers that don’t keep it', () => {
    const url = new URL(questionLink(turn, 'c1', 'https://docs.example'));
    expect(parseRoute(url)).toEqual({
      name: 'chat',
      question: turn.question,
      conversation: 'c1',
      turn: 't1',
    });
  });

  it('asks a follow-up as it stands alone, which is how it was searched for', () => {
    const question = 'How do an RMM and a PSA differ?';
    const followUp = { id: 't2', question: 'And how do they differ?', answer: { question } };
    const url = new URL(questionLink(followUp, 'c1', 'https://docs.example'));
    expect(parseRoute(url)).toMatchObject({ question, conversation: 'c1', turn: 't2' });
  });

  it('only asks it where no conversation is kept', () => {
    const url = new URL(questionLink(turn, undefined, 'https://docs.example'));
    expect(parseRoute(url)).toEqual({ name: 'chat', question: turn.question });
  });
});
