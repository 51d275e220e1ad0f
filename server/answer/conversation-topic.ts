import { readQuestion } from '../../knowledge/question.ts';
import { isStopWord } from '../../knowledge/terms.ts';

/** What a conversation is about. */
export type Topic = {
  /** The thing talked about, with its article: "an RMM"; for "How do I request time off?" what is done. */
  readonly name: string;
  /** It is a name that can stand where "it" stood; else it is something that is done. */
  readonly isThing: boolean;
  /** The last question, standing alone. */
  readonly question: string;
  /** Things named in it, as written, without article. */
  readonly names: readonly string[];
  /** What the answer to it listed, in order. */
  readonly items: readonly string[];
};

/** What a standalone question is about; undefined for one that names nothing. */
export function topicOf(question: string): Topic | undefined {
  const { subjects } = readQuestion(question);
  const named = subjects.length > 0 ? subjects : capitalisedRuns(question);
  const names = named.length > 0 ? named : content(question);
  if (names.length === 0) return undefined;
  const name = names.map((each) => withArticle(question, each)).join(' and ');
  return { name, isThing: named.length > 0, question, names, items: [] };
}

/** "RMM" as the text says it: "an RMM". */
export function withArticle(text: string, name: string): string {
  const at = text.indexOf(name);
  const article = at < 0 ? undefined : /\b(?:an?|the) $/i.exec(text.slice(0, at))?.[0];
  return `${article?.toLowerCase() ?? ''}${name}`;
}

/** Names of one or more words, acronyms among them; a capital at the very beginning doesn't count. */
function capitalisedRuns(question: string): string[] {
  const runs: string[][] = [[]];
  question.split(/\s+/).forEach((raw, i) => {
    const word = raw.replace(/^[("“]+|[)"”?!.,;:]+$|['’]s[?!.,;:]*$/g, '');
    const acronym = /\p{Lu}.*\p{Lu}/u.test(word);
    if (acronym || (i > 0 && /^\p{Lu}/u.test(word) && word.length > 1 && !isStopWord(word))) {
      runs.at(-1)?.push(word);
      if (word === raw) return;
    }
    runs.push([]);
  });
  return runs.filter((run) => run.length > 0).map((run) => run.join(' '));
}

/** The question from its first word of content on. */
function content(question: string): string[] {
  const words = question.replace(/[?!.]+$/, '').split(/\s+/);
  const start = words.findIndex((word) => !FUNCTION_WORDS.test(word) && /[\p{L}\p{N}]/u.test(word));
  return start < 0 ? [] : [words.slice(start).join(' ')];
}

const FUNCTION_WORDS =
  /^(?:what|which|who|whom|whose|when|where|why|how|is|are|was|were|do|does|did|can|could|should|would|will|has|have|had|i|we|you|my|our|your|the|an?|many|much|long|often|get|need|to|there|any|of|for|in|on|with|about|tell|me|kinds?|types?|sorts?)$/i;

/** What an answer lists: its list items' first words, else what it sets in bold, else "X and Y" at the end. */
export function itemsOf(answer: string): string[] {
  const text = answer.replace(/\s*\[\d+\]/g, '');
  const items = [...text.matchAll(/^\s*(?:[-*+]|\d+[.)])\s+(.+)$/gm)].map((found) => leadOf(found[1] ?? ''));
  if (items.length > 1) return items;
  const bold = [...text.matchAll(/\*\*([^*]{2,60})\*\*/g)].map((found) => leadOf(found[1] ?? ''));
  if (bold.length > 1) return bold;
  const joined = /\b((?:[\w-]+ ){1,3}?)and ((?:[\w-]+ ?){1,3})\.?\s*$/.exec(text.split('\n')[0] ?? '');
  return joined ? [lastWords(joined[1] ?? ''), (joined[2] ?? '').trim()] : [];
}

function leadOf(item: string): string {
  const bold = /^\*\*([^*]+)\*\*/.exec(item);
  return (bold?.[1] ?? item.split(/[:.(–—]/)[0] ?? item)
    .replace(/[*_`[\]]/g, '')
    .replace(/[\s:.]+$/, '')
    .trim()
    .slice(0, 60);
}

function lastWords(text: string): string {
  return text.trim().split(' ').slice(-2).join(' ');
}
