import { DocentError } from '../knowledge/errors.ts';
import { chatRequest, LONGEST_QUESTION } from './contract/chat.ts';
import type { ChatMessage, ChatRequest } from './events.ts';

/** Kilobytes of a conversation, whatever protocol brings it. */
export const LARGEST_CONVERSATION = 256;
export const CONVERSATION_TOO_LARGE = `The conversation is longer than ${LARGEST_CONVERSATION} kB. Start a new one.`;

/** The request in a body's JSON. Throws `bad_request`, `question_empty` or `question_too_long`. */
export function parseRequest(body: string): ChatRequest {
  const parsed = chatRequest.safeParse(jsonOf(body));
  if (!parsed.success) {
    throw new DocentError(
      'bad_request',
      'Send a JSON body such as { "messages": [{ "role": "user", "content": "What is an RMM?" }] }.',
    );
  }
  return checkedConversation(parsed.data.messages);
}

/**
 * The rules for a conversation, whatever protocol brings it: its last message is a question, not empty and
 * not too long. Throws `bad_request`, `question_empty` or `question_too_long`.
 */
export function checkedConversation(messages: readonly ChatMessage[]): ChatRequest {
  const last = messages.at(-1);
  if (last?.role !== 'user') {
    throw new DocentError('bad_request', 'The last of the messages has to be the user’s question.');
  }
  checkedQuestion(last.content);
  return { messages };
}

/** The question without white space around it. Throws `question_empty` or `question_too_long`. */
export function checkedQuestion(question: string): string {
  if (question.trim() === '') throw new DocentError('question_empty', 'Type a question first.');
  if (question.length > LONGEST_QUESTION) {
    const lengths = `${question.length.toLocaleString('en')} characters; at most ${LONGEST_QUESTION.toLocaleString('en')} are taken`;
    throw new DocentError(
      'question_too_long',
      `The question has ${lengths}. Ask the point of it in a few sentences.`,
    );
  }
  return question.trim();
}

/** Undefined when the text isn't JSON. */
export function jsonOf(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
