import { expect, test } from 'vitest';
import { isStopWord, terms } from '../../knowledge/terms.ts';

test('words are lowered, folded and stemmed, stop words left out', () => {
  expect(terms('The Résumés of managed services')).toEqual(['resum', 'manag', 'servic']);
  expect(terms('How do alerts differ from ALERTING?')).toEqual(['alert', 'differ', 'alert']);
});

test('digits stay, punctuation parts words, apostrophes are dropped', () => {
  expect(terms('TLS 1.3: 40-hour week_end v2')).toEqual(['tl', '1', '3', '40', 'hour', 'week', 'end', 'v2']);
  expect(terms("the client's don't O’Brien")).toEqual(['client', 'obrien']);
});

test('a text without content words has no terms', () => {
  expect(terms('What is it? And why?')).toEqual([]);
  expect(terms('')).toEqual([]);
});

test('other scripts are kept', () => {
  expect(terms('Größe 保守 сервер')).toEqual(['große', '保守', 'сервер']);
});

test('stop words are known in any case and with their apostrophe', () => {
  expect(isStopWord('The')).toBe(true);
  expect(isStopWord("don't")).toBe(true);
  expect(isStopWord('ticket')).toBe(false);
});
