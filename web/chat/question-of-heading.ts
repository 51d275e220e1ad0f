import { texts } from '../texts.ts';

/** Headings of what every document has, under which there is nothing to ask. */
const general =
  /^(?:the )?(?:overview|introduction|(?:table of )?contents|glossary.*|index|summary|conclusions?|references?|resources|faqs?|questions|appendix.*|change ?log|licen[cs]e|contributing|readme|notes?|examples?|getting started|further reading|related .*|next steps|see also|about)$/i;
/** Words that point to the document itself, which a question of its own doesn't have. */
const pointing = /\b(?:this|these|that|those|here)\b/i;
const smallWords = new Set(
  'a an the is are was do does did can should to of for in on at by with from and or we our my your it i'.split(
    ' ',
  ),
);

/**
 * A question to which the section under a heading is the answer: the heading itself where it asks, "How X Works"
 * and the like turned round, and for any other one that is right whatever the heading says. Undefined for headings
 * that are about nothing of their own.
 */
export function questionOfHeading(heading: string): string | undefined {
  const text = heading.replace(/\s+/g, ' ').trim();
  if (text === '' || general.test(text) || pointing.test(text)) return undefined;
  if (text.endsWith('?')) return relaxed(text);
  const versus = /^(.+?) (?:vs\.?|versus) (.+)$/i.exec(text);
  if (versus?.[1] && versus[2]) return texts.questions.difference(versus[1], versus[2]);
  const works = /^How (.+?) (work|differ)(s?)$/i.exec(text);
  if (works?.[1] && works[2]) {
    return texts.questions.how(lowerArticle(works[1]), works[2].toLowerCase(), works[3] !== '');
  }
  const does = /^What (.+?) Does$/i.exec(text);
  if (does?.[1]) return texts.questions.does(lowerArticle(does[1]));
  const task = /^(How|What) to (.+)$/i.exec(text);
  if (task?.[1] && task[2]) return texts.questions.task(task[1], relaxed(lowerFirst(task[2])));
  return texts.docs.askQuestion(text);
}

/** What two questions for the same have in common: their words without articles, case and signs. */
export function gistOf(question: string): string {
  const words = question.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  return words.filter((word) => !/^(?:an?|the)$/.test(word)).join(' ');
}

/** Title case with its small words made small: "What Is an RMM?" as "What is an RMM?". */
function relaxed(text: string): string {
  return text
    .split(' ')
    .map((word, index) => (index > 0 && smallWords.has(word.toLowerCase()) ? word.toLowerCase() : word))
    .join(' ');
}

/** An acronym stays as it is. */
function lowerFirst(text: string): string {
  return /^\p{Lu}\p{Lu}/u.test(text) ? text : text.charAt(0).toLowerCase() + text.slice(1);
}

function lowerArticle(text: string): string {
  return text.replace(/^(?:An?|The) /, (article) => article.toLowerCase());
}
