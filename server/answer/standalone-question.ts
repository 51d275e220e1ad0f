import { readQuestion } from '../../knowledge/question.ts';
import type { ChatMessage } from '../events.ts';
import type { ChatModel, ModelMessage } from './chat-model.ts';
import { itemsOf, type Topic, topicOf, withArticle } from './conversation-topic.ts';
import { isElliptic, isFragment, leansOnPast, pointerIn, withoutOpener } from './leaning.ts';
import { isModelFault } from './model-errors.ts';
import { smallTalk } from './small-talk.ts';

/** Characters of the past that a model is shown to understand a follow-up; about 1,500 tokens. */
const HISTORY_CHARACTERS = 6_000;

const ORDINAL =
  /\bthe (first|second|third|fourth|fifth|last|former|latter)(?: (?:one|option|item|level|kind|type|thing|service|tool|product))?(?=\W*$|\s+(?:is|are|was|does|do|did|costs?|means?|works?|has|have|in|for|be|better|worse)\b)/i;
const COMPARES =
  /\b(?:they|them|these|those)\b.*\b(?:differ|compare|alike)|\b(?:difference|compare).*\b(?:them|these|those)\b/i;
const PLACES: readonly string[] = ['first', 'second', 'third', 'fourth', 'fifth'];

/**
 * The last question made to stand alone, by the conversation's own words: pronouns and ordinals are filled
 * with what the questions before were about. A question that already stands alone is returned as it is.
 */
export function standaloneByRule(messages: readonly ChatMessage[]): string {
  let topic: Topic | undefined;
  let before: Topic | undefined;
  let question = '';
  for (const { role, content } of messages) {
    if (role === 'assistant') {
      if (topic) topic = { ...topic, items: itemsOf(content) };
      continue;
    }
    question = content.trim();
    if (smallTalk(question) !== undefined) continue;
    const resolved = topic && resolve(question, topic, before);
    question = resolved?.text ?? question;
    const next = resolved?.topic ?? topicOf(question) ?? topic;
    if (next?.name !== topic?.name) before = topic;
    topic = next;
  }
  return question;
}

/**
 * As `standaloneByRule`, by the model; the rule's result where the model is down, fails, takes more than `patience`
 * milliseconds or gives nothing usable.
 */
export async function standaloneByModel(
  messages: readonly ChatMessage[],
  model: ChatModel,
  signal: AbortSignal,
  patience = 5_000,
): Promise<string> {
  const byRule = standaloneByRule(messages);
  const last = messages.at(-1)?.content.trim() ?? '';
  if (!messages.some((message) => message.role === 'assistant') || !leansOnPast(last)) return last;
  if (model.isDown?.()) return byRule;
  const past = messages
    .slice(0, -1)
    .map((message) => `${message.role === 'user' ? 'Reader' : 'Docent'}: ${message.content.slice(0, 1_200)}`)
    .join('\n')
    .slice(-HISTORY_CHARACTERS);
  const request: readonly ModelMessage[] = [
    {
      role: 'system',
      content:
        'Rewrite the last question of a conversation so that it can be understood alone. Keep its meaning and language, use the names from the conversation, answer nothing. Reply with the question only, on one line.',
    },
    { role: 'user', content: `${past}\n\nLast question: ${last}` },
  ];
  const late = AbortSignal.timeout(patience);
  const call = { signal: AbortSignal.any([signal, late]), maxTokens: 80 };
  const text = await model.complete(request, call).catch((error: unknown) => {
    signal.throwIfAborted();
    if (isModelFault(error) || late.aborted) return '';
    throw error;
  });
  const line = (text.trim().split('\n')[0] ?? '')
    .replace(/^(?:[\w ]*question|rewritten|q)\s*:\s*/i, '')
    .replace(/^["“*]+|["”*]+$/g, '')
    .trim();
  return isRewrite(line, last, messages) ? line : byRule;
}

/**
 * A rewrite is believed only if it is a short question that keeps what was asked and is made of the
 * conversation's own terms: a weak model answers instead, or invents a topic.
 */
function isRewrite(line: string, last: string, messages: readonly ChatMessage[]): boolean {
  if (line.length < 4 || line.length > 300 || !line.endsWith('?')) return false;
  const known = new Set(messages.flatMap(({ content }) => readQuestion(content).terms));
  const own = readQuestion(line).terms;
  const asked = readQuestion(withoutOpener(last)).terms;
  const kept = asked.filter((term) => own.includes(term)).length;
  return (
    own.length > 0 &&
    own.filter((term) => known.has(term)).length >= own.length * 0.6 &&
    kept >= asked.length * 0.5
  );
}

type Resolved = { readonly text: string; readonly topic?: Topic | undefined };

/**
 * The question filled in; undefined when it stands alone. Without a `topic`, it is about something new. `before` is
 * what was talked of before the `last` topic.
 */
function resolve(question: string, last: Topic, before: Topic | undefined): Resolved | undefined {
  const rest = withoutOpener(question);
  const topic = together(rest, last, before) ?? last;
  const same = (text: string): Resolved => ({ text, topic: { ...topic, question: text, items: [] } });
  const ordinal = ORDINAL.exec(rest);
  const chosen = ordinal?.[1] === undefined ? undefined : pick(ordinal[1].toLowerCase(), topic);
  if (ordinal && chosen !== undefined) {
    const filled = rest.replace(ordinal[0], chosen);
    const text = bare(filled) === chosen ? `What about ${chosen}?` : sentence(filled);
    const about = { name: chosen, isThing: true, names: [chosen], items: [] };
    return { text, topic: { ...about, question: text } };
  }
  const pointer = pointerIn(rest);
  if (pointer) {
    if (pointer.use === 'beside' || !topic.isThing) return same(beside(rest, topic));
    const name = pointer.use === 'owner' ? possessive(topic.name) : topic.name;
    // "Which one is best?" asks for one RMM, not for "which an RMM".
    const fits = /\bwhich $/i.test(rest.slice(0, pointer.at)) ? inPlaceOfOne(topic) : name;
    return same(sentence(rest.slice(0, pointer.at) + fits + rest.slice(pointer.at + pointer.word.length)));
  }
  if (isFragment(rest)) return fromFragment(rest, topic, same);
  const short = rest !== question.trim() && readQuestion(rest).names.length === 0 && isShort(rest);
  if ((short || isElliptic(rest)) && !sharesTerms(rest, topic.name)) return same(beside(rest, topic));
  return rest === question.trim() ? undefined : { text: sentence(rest) };
}

/** After "and", a short question without a subject of its own is about what was talked of. */
function isShort(text: string): boolean {
  const { kind, terms } = readQuestion(text);
  return (
    terms.length <= 2 && kind !== 'definition' && kind !== 'comparison' && !/\b(?:i|we|my|our)\b/i.test(text)
  );
}

function fromFragment(rest: string, topic: Topic, same: (text: string) => Resolved): Resolved {
  const name = bare(rest);
  const before = bare(topic.question);
  if (/^(?:for|in|at|with|on|by|during|after|before|from|without)\b/i.test(name))
    return same(`${before} ${name}?`);
  const lower = /^(?:the )?\p{Ll}/u.test(name) && !/^an? /i.test(name);
  if (
    /^(?:why|how|when|where|who|more|examples?|go on|continue|such as)\b/i.test(name) ||
    /^the /i.test(name)
  )
    return same(beside(/^the /i.test(name) ? `What about ${name}` : name, topic));
  if (readQuestion(topic.question).kind === 'definition')
    return { text: `What ${/[^s]s$/.test(name) ? 'are' : 'is'} ${name}?` };
  const old = topic.names.at(-1);
  const whole = old === undefined ? '' : withArticle(topic.question, old);
  const swaps = topic.isThing && old !== undefined && !lower && topic.question.includes(whole);
  return { text: swaps ? topic.question.replace(whole, name) : `${before}: ${name}?` };
}

function pick(ordinal: string, { items, names }: Topic): string | undefined {
  const things = items.length > 1 ? items : names;
  if (ordinal === 'last' || ordinal === 'latter') return things.at(-1);
  return things[ordinal === 'former' ? 0 : PLACES.indexOf(ordinal)];
}

/** "How do they differ?" is asked of two things: of the last two, when each was asked about alone. */
function together(rest: string, last: Topic, before: Topic | undefined): Topic | undefined {
  const isAlone = ({ names, question }: Topic) =>
    names.length === 1 && readQuestion(question).kind === 'definition';
  if (!before || !COMPARES.test(rest) || !isAlone(before) || !isAlone(last)) return undefined;
  return { ...last, name: `${before.name} and ${last.name}`, names: [...before.names, ...last.names] };
}

function inPlaceOfOne({ names, name }: Topic): string {
  return names.length > 1 ? `of ${name}` : (names[0] ?? name);
}

function beside(text: string, { name }: Topic): string {
  return sentence(`${bare(text)} (${name.replace(/^(?:an?|the) /i, '')})`);
}

function possessive(name: string): string {
  return /s$/.test(name) ? `${name}’` : `${name}’s`;
}

function sharesTerms(text: string, name: string): boolean {
  const wanted = new Set(readQuestion(name).terms);
  return readQuestion(text).terms.some((term) => wanted.has(term));
}

function bare(text: string): string {
  return text.replace(/[?.!\s]+$/, '').trim();
}

function sentence(text: string): string {
  const ended = /[?.!]$/.test(text) ? text : `${text}?`;
  return ended.charAt(0).toUpperCase() + ended.slice(1);
}
