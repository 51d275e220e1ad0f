import { beforeAll, describe, expect, it } from 'vitest';
import { isAtHand, makeClaimCases, readClaims } from './claim-set.ts';
import { type ClaimEvaluation, evaluateClaims } from './claims.ts';

const claims = readClaims();

describe('the labelled claims', () => {
  it('are many, of all kinds, each with an id of its own', () => {
    const count = (kind: string): number => claims.filter((claim) => claim.kind === kind).length;
    expect(claims.length).toBeGreaterThanOrEqual(220);
    expect(new Set(claims.map(({ id }) => id)).size).toBe(claims.length);
    for (const kind of ['changed-number', 'negation', 'swapped-name', 'made-up-expansion', 'verbatim']) {
      expect(count(kind)).toBeGreaterThanOrEqual(20);
    }
    const share = claims.filter(({ label }) => label).length / claims.length;
    expect(share).toBeGreaterThan(0.38);
    expect(share).toBeLessThan(0.5);
  });

  it('rest on words that stand in their files', () => {
    expect(() => makeClaimCases(claims)).not.toThrow();
    expect(claims.some(isAtHand)).toBe(true);
  });
});

describe('checking, over the claims at hand', () => {
  let found: ClaimEvaluation;
  beforeAll(async () => {
    found = await evaluateClaims({ half: 'all' });
  });

  it('lets no false one pass without a checker, and every verbatim one', () => {
    expect(found.noChecker.falsePassed).toBe(0);
    expect(found.noChecker.kinds.verbatim).toMatchObject({ held: 0 });
  });

  it('holds back what a checker that says yes to everything would let pass', () => {
    expect(found.yesChecker.guardedHeld).toBeGreaterThanOrEqual(0.85);
    expect(found.yesChecker.trueHeld).toBeLessThanOrEqual(0.1);
  });
});
