import { readQuestion } from '../../knowledge/question.ts';
import type { ChatMessage } from '../events.ts';
import type { ChatModel } from './chat-model.ts';

/** Words of the past that a model is shown to understand a follow-up; about 1,500 tokens. */
const HISTORY_CHARACTERS = 6_000;

const OPENERS = /^(?:and|but|so|also|ok(?:ay)?|what about|how about|and what about|and how about)\b[,\s]*/i;
const POINTERS =
  /\b(?:it|its|they|them|their|theirs|these|those|this|that|he|she|him|her|his|one|ones|there|former|latter)\b/i;
const ORDINALS: Readonly<Record<string, number>> = {
  first: 0,
  former: 0,
  second: 1,
  latter: 1,
  third: 2,
  fourth: 3,
  fifth: 4,
};

/**
 * The last question made to stand alone, by the conversation's own words: pronouns and ordinals are
 * filled with the topic of the questions before it. A question that already stands alone is returned as it is.
 */
export function standaloneByRule(messages: readonly ChatMessage[]): string {
  let topic: Topic | undefined;
  let question = '';
  for (const message of messages) {
    if (message.role === 'assistant') {
      if (topic) topic = { ...topic, items: itemsOf(message.content) };
      continue;
    }
    question = topic ? resolve(message.content, topic) : message.content.trim();
    topic = topicOf(question, topic);
  }
  return question;
}

/** As `standaloneByRule`, by the model; the rule's result where the model gives nothing usable. */
export async function standaloneByModel(
  messages: readonly ChatMessage[],
  model: ChatModel,
  signal: AbortSignal,
): Promise<string> {
  const byRule = standaloneByRule(messages);
  const last = messages.at(-1)?.content.trim() ?? '';
  if (!messages.some((message) => message.role === 'assistant') || !isFollowUp(last)) return last;
  const past = messages
    .slice(0, -1)
    .map((message) => `${message.role === 'user' ? 'Reader' : 'Docent'}: ${message.content.slice(0, 1_200)}`)
    .join('\n')
    .slice(-HISTORY_CHARACTERS);
  const text = await model.complete(
    [
      {
        role: 'system',
        content:
          'Rewrite the last question of a conversation so that it can be understood alone. Keep its meaning and language, use the names from the conversation, answer nothing. Reply with the question only, on one line.',
      },
      { role: 'user', content: `${past}\n\nLast question: ${last}` },
    ],
    { signal, maxTokens: 80 },
  );
  const line = text.trim().split('\n')[0]?.trim() ?? '';
  return sharesTopic(line, messages) ? line : byRule;
}

/** A rewrite is believed only if it is short and made of the conversation's own terms. */
function sharesTopic(line: string, messages: readonly ChatMessage[]): boolean {
  if (line.length < 4 || line.length > 300) return false;
  const known = new Set(readQuestion(messages.map((message) => message.content).join(' ')).terms);
  const own = readQuestion(line).terms;
  return own.length > 0 && own.filter((term) => known.has(term)).length >= own.length * 0.6;
}

/** `name`: the thing talked about; `question`: the standalone question; `items`: what the answer listed. */
type Topic = {
  readonly name: string;
  readonly question: string;
  readonly items: readonly string[];
  readonly names: readonly string[];
};

function topicOf(question: string, before: Topic | undefined): Topic {
  const read = readQuestion(question);
  const names = read.subjects.length > 0 ? read.subjects : nounPhrase(question);
  return { name: names.join(' and ') || (before?.name ?? question), question, items: [], names };
}

/** Whether a question leans on what was said before it. */
export function isFollowUp(question: string): boolean {
  const words = question.trim().split(/\s+/);
  if (OPENERS.test(question) || POINTERS.test(question)) return true;
  return words.length <= 6 && readQuestion(question).terms.length <= 2;
}

function resolve(typed: string, topic: Topic): string {
  const question = typed.trim();
  if (!isFollowUp(question)) return question;
  const rest = question.replace(OPENERS, '').trim();
  const ordinal =
    /\b(?:the )?(first|second|third|fourth|fifth|former|latter)(?: one| option| level| item)?\b/i.exec(rest);
  const chosen = ordinal?.[1] === undefined ? undefined : pick(ORDINALS[ordinal[1].toLowerCase()], topic);
  if (ordinal && chosen !== undefined) {
    const filled = rest.replace(ordinal[0], chosen);
    return isBareName(filled, chosen) ? `What about ${chosen}?` : capitalised(filled);
  }
  if (isShortName(rest)) return swapTopic(rest.replace(/[?.!]+$/, ''), topic);
  const pointer = POINTERS.exec(rest);
  if (pointer) return capitalised(replacePointer(rest, pointer[0], topic.name));
  if (sharesTerms(rest, topic.name)) return question;
  return `${capitalised(rest.replace(/[?.!]+$/, ''))} (${topic.name})?`;
}

function pick(index: number | undefined, topic: Topic): string | undefined {
  if (index === undefined) return undefined;
  return (topic.items.length > index ? topic.items : topic.names)[index];
}

function isBareName(text: string, name: string): boolean {
  return text.replace(/[?.!\s]+$/, '').toLowerCase() === name.toLowerCase();
}

/** "And IT Glue?": a name and nothing else. */
function isShortName(text: string): boolean {
  const bare = text.replace(/[?.!]+$/, '').trim();
  return (
    bare.split(' ').length <= 4 &&
    !POINTERS.test(bare) &&
    !/^(?:what|which|who|when|where|why|how|is|are|do|does|did|can|should)\b/i.test(bare)
  );
}

/** The question before, asked of another thing: "When did Kaseya acquire Datto?" + "IT Glue". */
function swapTopic(name: string, topic: Topic): string {
  const old = topic.names.at(-1);
  if (old !== undefined && topic.question.includes(old)) return topic.question.replace(old, name);
  return `${topic.question.replace(/[?.!\s]+$/, '')}: ${name}?`;
}

function replacePointer(text: string, pointer: string, name: string): string {
  const possessive = /^(?:its|their|theirs|his|her)$/i.test(pointer);
  const there = /^there$/i.test(pointer);
  if (there) return `${text.replace(/[?.!]+$/, '')} (${name})?`;
  return text.replace(new RegExp(`\\b${pointer}\\b`), possessive ? `${name}'s` : name);
}

function sharesTerms(text: string, name: string): boolean {
  const wanted = new Set(readQuestion(name).terms);
  return readQuestion(text).terms.some((term) => wanted.has(term));
}

const FUNCTION_WORDS =
  /^(?:what|which|who|whom|whose|when|where|why|how|is|are|was|were|do|does|did|can|could|should|would|will|has|have|had|i|we|you|my|our|your|the|an?|many|much|long|often|get|need|to|there|any|of|for|in|on|with|about|tell|me|kinds?|types?|sorts?)$/i;

/** Names in the question (capitalised or acronyms), else its words without the leading function words. */
function nounPhrase(question: string): string[] {
  const words = question.replace(/[?!.,]+(?=\s|$)/g, '').split(/\s+/);
  const runs: string[] = [];
  let run: string[] = [];
  words.forEach((word, i) => {
    if (i > 0 && /^\p{Lu}/u.test(word) && word !== 'I') run.push(word);
    else if (run.length > 0) {
      runs.push(run.join(' '));
      run = [];
    }
  });
  if (run.length > 0) runs.push(run.join(' '));
  if (runs.length > 0) return runs;
  const start = words.findIndex((word) => !FUNCTION_WORDS.test(word));
  return start < 0 ? [] : [words.slice(start).join(' ')];
}

/** What an answer lists: its list items' first words, else the names and headings set in bold. */
function itemsOf(answer: string): string[] {
  const items = [...answer.matchAll(/^\s*(?:[-*+]|\d+[.)])\s+(.+)$/gm)].map((found) =>
    leadOf(found[1] ?? ''),
  );
  if (items.length > 1) return items;
  const bold = [...answer.matchAll(/\*\*([^*]{2,60})\*\*/g)].map((found) => leadOf(found[1] ?? ''));
  if (bold.length > 1) return bold;
  const joined = /\b((?:[\w-]+ ){1,3}?)and ((?:[\w-]+ ?){1,3})\.?\s*$/.exec(answer.split('\n')[0] ?? '');
  return joined ? [lastWords(joined[1] ?? ''), (joined[2] ?? '').replace(/\.$/, '').trim()] : [];
}

function leadOf(item: string): string {
  const bold = /^\*\*([^*]+)\*\*/.exec(item);
  return (bold?.[1] ?? item.split(/[:.(–—]/)[0] ?? item)
    .replace(/[*_`[\]]/g, '')
    .trim()
    .slice(0, 60);
}

function lastWords(text: string): string {
  return text.trim().split(' ').slice(-2).join(' ');
}

function capitalised(text: string): string {
  const ended = /[?.!]$/.test(text) ? text : `${text}?`;
  return ended.charAt(0).toUpperCase() + ended.slice(1);
}
