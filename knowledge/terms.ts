import { stemmer } from 'stemmer';

const words = /[\p{L}\p{N}\p{M}]+(?:['’ʼ][\p{L}\p{N}\p{M}]+)*/gu;
const marks = /\p{M}+/gu;
const apostrophes = /['’ʼ]/g;
const plain = /^[\x20-\x7e]*$/;

const stopWords = new Set(
  (
    'a about above after again against all also am an and any are as at be because been before being below ' +
    'between both but by can cannot could did do does doing down during each few for from further had has have ' +
    'having he her here hers herself him himself his how i if in into is it its itself just me more most my ' +
    'myself no nor not of off on once only or other our ours ourselves out over own per same she should so some ' +
    'such than that the their theirs them themselves then there these they this those through to too under ' +
    'until up us very was we were what when where which while who whom whose why will with would you your yours ' +
    'yourself yourselves ' +
    'arent cant couldnt didnt doesnt dont hadnt hasnt havent hed hes im isnt ive lets shes shouldnt thats ' +
    'theres theyre theyve wasnt werent whats wheres whos wont wouldnt youre youve'
  ).split(' '),
);

const stems = new Map<string, string>();
const stemLimit = 200_000;

/**
 * The content words of a text, in order and with repeats: lower case, without diacritics, stemmed (Porter),
 * stop words left out. Everything but letters and digits parts words; an apostrophe inside one is dropped.
 */
export function terms(text: string): string[] {
  const found: string[] = [];
  for (const word of rawWords(text)) if (!stopWords.has(word)) found.push(stemOf(word));
  return found;
}

/** Whether a word, in any case and with or without its apostrophe, is too common in English to count. */
export function isStopWord(rawWord: string): boolean {
  return stopWords.has(fold(rawWord).replace(apostrophes, ''));
}

function rawWords(text: string): string[] {
  return (
    fold(text)
      .match(words)
      ?.map((word) => word.replace(apostrophes, '')) ?? []
  );
}

function fold(text: string): string {
  const lower = text.toLowerCase();
  return plain.test(lower) ? lower : lower.normalize('NFKD').replace(marks, '');
}

function stemOf(word: string): string {
  const known = stems.get(word);
  if (known !== undefined) return known;
  const stem = stemmer(word);
  if (stems.size >= stemLimit) stems.clear();
  stems.set(word, stem);
  return stem;
}
