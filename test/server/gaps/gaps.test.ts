import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { MODEL_DIR } from '../../../knowledge/configured-embedder.ts';
import type { Embedder } from '../../../knowledge/embedder.ts';
import { fingerprintOf } from '../../../knowledge/fingerprint.ts';
import { makeLocalEmbedder } from '../../../knowledge/local-embedder.ts';
import type { StoreReader } from '../../../knowledge/snapshot.ts';
import { openStoreReader } from '../../../knowledge/store-reader.ts';
import type { GapStore } from '../../../server/gaps/gap-store.ts';
import { type Gaps, makeGaps } from '../../../server/gaps/gaps.ts';
import { openGapStore } from '../../../server/gaps/open-gap-store.ts';
import { sync } from '../../ingest/synced-store.ts';
import { gapOf } from './gap-records.ts';

const laptops = '# Laptops\n\n## Order a laptop\n\nAsk the service desk for a laptop. It takes three days.\n';
const own = readdirSync('docs').map((name) => [name, readFileSync(join('docs', name), 'utf8')] as const);
const files = { ...Object.fromEntries(own), 'laptops.md': laptops };

let embedder: Embedder;
let folder: string;
let store: StoreReader;
let gapStore: GapStore;
let gaps: Gaps;
let databases = 0;
const asIngested = (docs: Record<string, string>) => sync(join(folder, 'index'), docs, { embedder });

beforeAll(async () => {
  embedder = await makeLocalEmbedder({ modelDir: MODEL_DIR });
  folder = mkdtempSync(join(tmpdir(), 'docent-gaps-'));
  await asIngested(files);
  store = openStoreReader({ uri: join(folder, 'index'), expected: fingerprintOf(embedder), refreshMs: 0 });
});
afterAll(async () => {
  await store.close();
  await embedder.close();
  rmSync(folder, { recursive: true, force: true });
});
beforeEach(async () => {
  databases += 1;
  gapStore = await openGapStore({ database: join(folder, `${databases}.db`), retentionDays: 30 });
  gaps = makeGaps({ gapStore, store, embedder });
});
afterEach(() => gapStore.close());

describe('open questions', () => {
  it('are grouped by likeness, the most asked first, each group with its usual wording', async () => {
    for (const question of [
      'How do I request vacation?',
      'What is the wifi password?',
      'How can I ask for time off?',
      'how do I request  vacation?',
      'How do I request a laptop?',
    ]) {
      await gapStore.record(gapOf(question));
    }
    const { groups, retentionDays } = await gaps.list();
    expect(groups.map(({ question, alike, unanswered }) => [question, alike, unanswered])).toEqual([
      ['how do I request  vacation?', ['How can I ask for time off?'], 3],
      ['What is the wifi password?', [], 1],
      ['How do I request a laptop?', [], 1],
    ]);
    expect(groups[0]?.nearest).toEqual({ path: 'rmm.md', anchor: 'alerts', headings: ['RMM', 'Alerts'] });
    expect(retentionDays).toBe(30);
  });

  it('are told apart by the names in them', async () => {
    await gapStore.record(gapOf('How much does NinjaOne cost?'));
    await gapStore.record(gapOf('How much does Datto cost?'));
    expect((await gaps.list()).groups).toHaveLength(2);
  });

  it('are resolved by a later ingest that answers them', async () => {
    await gapStore.record(gapOf('How do I request parental leave?'));
    expect((await gaps.list()).groups).toMatchObject([{ resolved: false }]);
    const leave =
      '# Leave\n\n## Parental leave\n\nTo request parental leave, send form P4 to the people team eight weeks before.\n';
    await asIngested({ ...files, 'leave.md': leave });
    expect((await gaps.list()).groups).toMatchObject([{ resolved: true }]);
  });

  it('are put to the index once a version', async () => {
    await gapStore.record(gapOf('How do I request parental leave?'));
    await gaps.list();
    let asked = 0;
    const counting: Embedder = {
      ...embedder,
      embedQuery: (...args) => {
        asked += 1;
        return embedder.embedQuery(...args);
      },
    };
    const counted = makeGaps({ gapStore, store, embedder: counting });
    await counted.list();
    const once = asked;
    await Promise.all([counted.list(), counted.list()]);
    expect([once > 0, asked]).toEqual([true, once]);
  });
});

describe('a rating', () => {
  const question = 'How long does it take to get a laptop?';

  it('that is bad stays open until the text that was answered from is another', async () => {
    await gaps.rate({
      question,
      rating: 'down',
      why: 'Is it working days?',
      sources: [
        { path: 'laptops.md', anchor: 'order-a-laptop' },
        { path: 'gone.md', anchor: 'x' },
      ],
    });
    const [group, ...others] = (await gaps.list()).groups;
    expect(others).toEqual([]);
    expect(group).toMatchObject({
      question,
      unanswered: 0,
      ratedDown: 1,
      why: ['Is it working days?'],
      nearest: { path: 'laptops.md', anchor: 'order-a-laptop', headings: ['Laptops', 'Order a laptop'] },
      resolved: false,
    });
    await asIngested({ ...files, 'laptops.md': laptops.replace('three days', 'three working days') });
    expect((await gaps.list()).groups).toMatchObject([{ question, resolved: true }]);
  });

  it('that is good is counted and opens no question', async () => {
    await gaps.rate({ question, rating: 'up' });
    expect(await gaps.list()).toMatchObject({ groups: [], rated: { up: 1, down: 0 } });
  });
});
