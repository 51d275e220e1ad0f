import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MODEL_DIR } from '../../knowledge/configured-embedder.ts';
import type { Embedder } from '../../knowledge/embedder.ts';
import { makeLocalEmbedder } from '../../knowledge/local-embedder.ts';
import { evaluateDisagreements, readDisagreements } from './disagreements.ts';

describe('the labelled disagreements', () => {
  let embedder: Embedder;
  beforeAll(async () => {
    embedder = await makeLocalEmbedder({ modelDir: MODEL_DIR });
  });
  afterAll(() => embedder?.close());

  it('are many, with as many as half of them that only look like one', () => {
    const cases = readDisagreements();
    expect(new Set(cases.map(({ id }) => id)).size).toBe(cases.length);
    expect(cases.filter(({ disagree }) => disagree).length).toBeGreaterThanOrEqual(40);
    expect(cases.filter(({ disagree }) => !disagree).length).toBeGreaterThanOrEqual(20);
  });

  it('are mostly shown, and nothing else is', async () => {
    const { recall, falseShown, aside, wrong } = await evaluateDisagreements(embedder);
    expect(wrong).toEqual([]);
    expect(falseShown).toBe(0);
    expect(recall).toBeGreaterThanOrEqual(0.75);
    expect(aside).toBeLessThanOrEqual(0.02);
  }, 120_000);
});
