import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Held, holdBare, holdDocent } from './load/hold.ts';
import { eventually, type Stage, setStage } from './load/stage.ts';

const STREAMS = 20;
const FEW = { streams: STREAMS, seconds: 1, perSecond: 10, arrivals: 20 };

describe('under a small load', () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await setStage();
  });
  afterAll(() => stage?.strike());

  it('holds each stream; half leave, the others come to their end, and no model request stays open', async () => {
    const { held } = await holdDocent(stage, FEW);
    expect(held.counts).toMatchObject({ begun: STREAMS, ended: STREAMS / 2, left: STREAMS / 2, failed: 0 });
    expect(held.counts.faults).toEqual([]);
    expect(held.firsts).toHaveLength(STREAMS);
    expect(await eventually(async () => (await stage.model.ask('counts')).open === 0, 10_000)).toBe(true);
  });

  it('is compared with a server that streams the same to as many', async () => {
    const bare: Held = await holdBare(stage, FEW);
    expect(bare).toMatchObject({ open: STREAMS, counts: { begun: STREAMS, failed: 0 } });
    expect(bare.deltas).toBeGreaterThan(0);
  });
});
