import { expect, test } from 'vitest';
import {
  applyChanges,
  countChunk,
  type Lexicon,
  packLexicon,
  unpackLexicon,
} from '../../knowledge/lexicon.ts';
import { terms } from '../../knowledge/terms.ts';

function counted(...chunks: [audience: string, text: string, by: 1 | -1][]): Lexicon {
  const lexicon: Lexicon = new Map();
  for (const [audience, text, by] of chunks) countChunk(lexicon, audience, new Set(terms(text)), by);
  return lexicon;
}

const first = counted(
  ['', 'Tickets and more tickets', 1],
  ['', 'Ticket queues', 1],
  ['hr', 'Pay tickets', 1],
);

test('a term counts once for each chunk that holds it, apart for each audience', () => {
  expect(applyChanges(new Map(), first)).toEqual(
    new Map([
      [
        '',
        {
          chunks: 2,
          terms: new Map([
            ['ticket', 2],
            ['queue', 1],
          ]),
        },
      ],
      [
        'hr',
        {
          chunks: 1,
          terms: new Map([
            ['pai', 1],
            ['ticket', 1],
          ]),
        },
      ],
    ]),
  );
});

test('a term goes with its last chunk, an audience too', () => {
  const gone = counted(['', 'Ticket queues', -1], ['hr', 'Pay tickets', -1]);
  expect(applyChanges(first, gone)).toEqual(new Map([['', { chunks: 1, terms: new Map([['ticket', 1]]) }]]));
});

test('a chunk that is for others now is counted there', () => {
  const moved = applyChanges(first, counted(['', 'Ticket queues', -1], ['hr', 'Ticket queues', 1]));
  expect([moved.get('')?.chunks, moved.get('hr')?.chunks]).toEqual([1, 2]);
  expect([moved.get('')?.terms.get('queue'), moved.get('hr')?.terms.get('queue')]).toEqual([undefined, 1]);
});

test('packed and unpacked it is the same', () => {
  const lexicon: Lexicon = new Map([
    ['', { chunks: 30, terms: new Map([['ticket', 20]]) }],
    ['hr,the board', { chunks: 1, terms: new Map([['größe', 1]]) }],
    ['nobody', { chunks: 0, terms: new Map() }],
  ]);
  expect(unpackLexicon(packLexicon(lexicon))).toEqual(lexicon);
  expect(unpackLexicon(packLexicon(new Map()))).toEqual(new Map());
});
