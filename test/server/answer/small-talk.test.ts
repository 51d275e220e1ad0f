import { describe, expect, test } from 'vitest';
import { smallTalk } from '../../../server/answer/small-talk.ts';

describe('small talk', () => {
  test.each([
    'Hello!',
    'hi',
    'Hey there',
    'Good morning, how are you?',
    'good afternoon',
    'Thanks, that helped a lot.',
    'thank you so much!',
    'Perfect, thanks',
    'ok thanks',
    'Bye!',
    'How are you?',
    'Who are you?',
    'what can you do?',
    'What is Docent?',
    'how does docent work?',
    'Are you a bot?',
  ])('gets a reply: %s', (said) => {
    expect(smallTalk(said)).toMatch(/[.!?]$/);
  });

  test.each([
    'Hi, how do I request time off?',
    'Thanks. And what is a PSA?',
    'thanks, and how do they charge',
    'Great tools for an MSP',
    'Perfect attendance bonus',
    'nice to have features of an RMM',
    'How are you supposed to report a breach',
    'who are you supposed to call when the server is down?',
    'What is a PSA?',
    'hello world sample',
    'What can you do to get a refund?',
    '',
  ])('is none: %j', (said) => {
    expect(smallTalk(said)).toBeUndefined();
  });
});
