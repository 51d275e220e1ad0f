import { expect, test } from 'vitest';
import {
  applyChanges,
  countChunk,
  type Lexicon,
  packLexicon,
  unpackLexicon,
} from '../../knowledge/lexicon.ts';

test('a term counts once for each chunk that holds it, and goes with the last', () => {
  const changes: Lexicon = new Map();
  countChunk(changes, 'Tickets and more tickets', 1);
  countChunk(changes, 'Ticket queues', 1);
  const first = applyChanges(new Map(), changes);
  expect(first).toEqual(
    new Map([
      ['ticket', 2],
      ['queue', 1],
    ]),
  );
  const gone: Lexicon = new Map();
  countChunk(gone, 'Ticket queues', -1);
  expect(applyChanges(first, gone)).toEqual(new Map([['ticket', 1]]));
});

test('packed and unpacked it is the same', () => {
  const lexicon = new Map([
    ['ticket', 20],
    ['größe', 1],
  ]);
  expect(unpackLexicon(packLexicon(lexicon))).toEqual(lexicon);
  expect(unpackLexicon(packLexicon(new Map()))).toEqual(new Map());
});
