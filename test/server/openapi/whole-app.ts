import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MODEL_DIR } from '../../../knowledge/configured-embedder.ts';
import { fingerprintOf } from '../../../knowledge/fingerprint.ts';
import { makeLocalEmbedder } from '../../../knowledge/local-embedder.ts';
import { openStoreReader } from '../../../knowledge/store-reader.ts';
import { makeAnswer } from '../../../server/answer/answer.ts';
import { type App, type AppDeps, makeApp } from '../../../server/app.ts';
import { makeGaps } from '../../../server/gaps/gaps.ts';
import { openGapStore } from '../../../server/gaps/open-gap-store.ts';
import { recordGaps } from '../../../server/gaps/record-gaps.ts';
import { makeInfo } from '../../../server/info.ts';
import { makeLog } from '../../../server/log.ts';
import { makeSearch } from '../../../server/search-hits.ts';
import { makeStatus } from '../../../server/status.ts';
import { makeMetrics } from '../../../server/watch/metrics.ts';
import { sync } from '../../ingest/synced-store.ts';

/** All of Docent in this process, over an index of two short documents. */
export type WholeApp = {
  readonly app: App;
  readonly deps: AppDeps;
  /** What the operator was told of faults. */
  readonly faults: readonly string[];
  close(): Promise<void>;
};

const files = {
  'guides/rmm tools.md':
    '# RMM\n\nA remote monitoring and management tool (RMM) watches devices from afar.\n\n## Agents\n\nAn agent runs on each device and reports every five minutes.\n',
  'psa.md': '# PSA\n\n## Tickets\n\nA PSA bills the time that a technician puts down on a ticket.\n',
};

export async function openWholeApp(): Promise<WholeApp> {
  const folder = mkdtempSync(join(tmpdir(), 'docent-app-'));
  const embedder = await makeLocalEmbedder({ modelDir: MODEL_DIR });
  await sync(join(folder, 'index'), files, { embedder });
  const store = openStoreReader({ uri: join(folder, 'index'), expected: fingerprintOf(embedder) });
  const gapStore = await openGapStore({ database: join(folder, 'gaps.db'), retentionDays: 30 });
  const faults: string[] = [];
  const deps: AppDeps = {
    answer: recordGaps(makeAnswer({ store, embedder }), gapStore, (cause) => faults.push(String(cause))),
    search: makeSearch({ store, embedder }),
    info: makeInfo({ store, feedback: true }),
    store,
    embedder,
    host: '127.0.0.1',
    webDir: join(folder, 'web'),
    log: makeLog(
      () => {},
      (line) => faults.push(line),
    ),
    gaps: makeGaps({ gapStore, store, embedder }),
    status: makeStatus({ store, lastFault: () => undefined, running: () => 0 }),
    metrics: makeMetrics({ running: () => 0, tokens: () => 0, store }),
  };
  return {
    app: makeApp(deps),
    deps,
    faults,
    async close() {
      await store.close();
      await embedder.close();
      await gapStore.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
