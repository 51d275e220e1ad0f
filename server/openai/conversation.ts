import type { z } from 'zod';
import { checkedConversation } from '../chat-request.ts';
import type { chatCompletionRequest, message } from '../contract/openai-chat.ts';
import type { ChatMessage, ChatRequest } from '../events.ts';
import { withoutAdditions } from './closing.ts';

type Message = z.output<typeof message>;

/** A conversation under Docent's own rules, and the wish for a tone in its system messages. */
export type Conversation = { readonly request: ChatRequest; readonly tone?: string };

/** Throws `bad_request`, `question_empty` or `question_too_long`, as for any other door. */
export function conversationOf(messages: z.output<typeof chatCompletionRequest>['messages']): Conversation {
  const tone: string[] = [];
  const turns: ChatMessage[] = [];
  for (const each of messages) {
    const text = textOf(each);
    if (each.role === 'user') turns.push({ role: 'user', content: text });
    else if (each.role === 'assistant') turns.push({ role: 'assistant', content: withoutAdditions(text) });
    else tone.push(text);
  }
  return { request: checkedConversation(turns), ...(tone.length > 0 && { tone: tone.join('\n\n') }) };
}

/** All text of a message, its parts on lines of their own. */
export function textOf({ content }: Pick<Message, 'content'>): string {
  if (typeof content === 'string') return content;
  return (content ?? []).map((part) => (part.type === 'text' ? part.text : part.refusal)).join('\n');
}
