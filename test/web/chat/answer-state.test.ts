import { describe, expect, it } from 'vitest';
import type { ChatEvent, Claim, Source } from '../../../server/events.ts';
import {
  type Answer,
  citedAt,
  emptyAnswer,
  isSmallTalk,
  isUnanswered,
  tally,
  withEvent,
} from '../../../web/chat/answer-state.ts';

function source(n: number): Source {
  return {
    n,
    path: `${n}.md`,
    anchor: '',
    headings: [],
    title: '',
    url: '',
    excerpt: '',
    hash: '',
    changedAt: '',
  };
}
function claim(start: number, end: number, n: number, more: Partial<Claim> = {}): Claim {
  const citations = [{ n, quote: `${start}`, start, end }];
  return { start, end, status: 'quoted', citations, ...more };
}
function answerOf(...events: ChatEvent[]): Answer {
  return events.reduce(withEvent, emptyAnswer);
}

describe('withEvent', () => {
  it('puts a later claim for the same range in the place of the earlier', () => {
    const first = claim(0, 5, 1, { status: 'unsupported', checking: true });
    const answer = answerOf(
      { type: 'claim', ...first },
      { type: 'claim', ...claim(6, 9, 1) },
      { type: 'claim', ...claim(0, 5, 1, { status: 'supported' }) },
    );
    expect(answer.claims.map(({ start, status }) => [start, status])).toEqual([
      [0, 'supported'],
      [6, 'quoted'],
    ]);
  });

  it('keeps the text that came before an error', () => {
    const answer = answerOf(
      { type: 'delta', text: 'Half' },
      { type: 'error', code: 'internal', message: 'Broken' },
    );
    expect(answer).toMatchObject({ status: 'failed', text: 'Half', error: { message: 'Broken' } });
  });
});

describe('an answer that abstains', () => {
  const abstained = (score: number) =>
    answerOf({ type: 'done', mode: 'abstained', score, version: 1, timings: {} });

  it('is small talk where the score is certain, else the docs don’t answer', () => {
    expect([isSmallTalk(abstained(1)), isUnanswered(abstained(1))]).toEqual([true, false]);
    expect([isSmallTalk(abstained(0.1)), isUnanswered(abstained(0.1))]).toEqual([false, true]);
    expect([isSmallTalk(emptyAnswer), isUnanswered(emptyAnswer)]).toEqual([false, false]);
  });
});

describe('tally', () => {
  it('counts a statement that is still checked as not proven yet', () => {
    const claims = [
      claim(0, 1, 1),
      claim(2, 3, 1, { checking: true }),
      claim(4, 5, 1, { status: 'unsupported' }),
    ];
    expect(tally(claims)).toEqual({ all: 3, proven: 1, quoted: 2, checking: 1 });
  });
});

describe('citedAt', () => {
  const sources = [source(1), source(2)];
  const startAt = (claims: readonly Claim[], n: number, offset: number) =>
    citedAt({ sources, claims }, n, offset)?.citation?.start;

  it('takes the last claim before the marker that cites the source', () => {
    const claims = [claim(0, 10, 1), claim(20, 30, 2), claim(40, 50, 1)];
    expect(startAt(claims, 1, 12)).toBe(0);
    expect(startAt(claims, 2, 35)).toBe(20);
    expect(startAt(claims, 1, 52)).toBe(40);
    expect(startAt(claims, 1, 35)).toBe(0);
  });

  it('takes the key one of claims in a row', () => {
    const claims = [
      claim(0, 10, 1, { key: true }),
      claim(11, 20, 1),
      claim(30, 40, 2, { key: true }),
      claim(50, 60, 1),
    ];
    expect(startAt(claims, 1, 22)).toBe(0);
    expect(startAt(claims, 1, 62)).toBe(50);
  });

  it('cites a source as a whole when no claim quotes it, and nothing without the source', () => {
    expect(citedAt({ sources, claims: [] }, 1, 0)).toEqual({ source: source(1) });
    expect(citedAt({ sources, claims: [] }, 3, 0)).toBeUndefined();
  });
});
