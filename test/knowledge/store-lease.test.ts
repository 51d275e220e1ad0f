import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { connectStore } from '../../knowledge/store-connection.ts';
import { leaseStore } from '../../knowledge/store-lease.ts';

const URI = 's3://bucket/store';
const LEASE = 60_000;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'docent-lease-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const connection = () => connectStore({ uri: folder });

describe('the lease of a store that is on nobody’s disk', () => {
  it('is one writer’s, and the next one’s when it is given back', async () => {
    const first = await leaseStore(await connection(), URI);
    await expect(leaseStore(await connection(), URI)).rejects.toMatchObject({
      code: 'store_locked',
      message: expect.stringContaining(`process ${process.pid}`),
    });
    await first.check();
    await first.release();
    const second = await leaseStore(await connection(), URI);
    await second.check();
    await second.release();
  });

  it('is one writer’s of many that ask at once', async () => {
    const connections = await Promise.all(Array.from({ length: 6 }, connection));
    const asked = await Promise.allSettled(connections.map((each) => leaseStore(each, URI)));
    const held = asked.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
    expect(held).toHaveLength(1);
    for (const outcome of asked)
      if (outcome.status === 'rejected') expect(outcome.reason).toMatchObject({ code: 'store_locked' });
    await Promise.all(held.map((lease) => lease.release()));
  });

  it('of a writer that died is taken over when its time has run out, and lost to it', async () => {
    let time = Date.parse('2025-01-01T00:00:00Z');
    const now = () => time;
    const dead = await leaseStore(await connection(), URI, { lease: LEASE, now });
    time += LEASE - 1;
    await expect(leaseStore(await connection(), URI, { lease: LEASE, now })).rejects.toMatchObject({
      code: 'store_locked',
    });
    time += 2;
    const next = await leaseStore(await connection(), URI, { lease: LEASE, now });
    await expect(dead.check()).rejects.toMatchObject({
      code: 'store_locked',
      message: expect.stringContaining('Nothing was committed'),
    });
    await dead.release();
    await next.check();
    await next.release();
  });
});
