/** Started by `killIngests`: does what each message asks for until it is killed, by itself or from outside. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { inspect } from 'node:util';
import { runIngest } from '../../ingest/run-ingest.ts';
import { openStoreWriter, type StoreWriter } from '../../knowledge/store-writer.ts';
import type { Death, Order, Report, Run, Step } from './crash-orders.ts';
import { countTokens, digestOf, filesAt, seenIn } from './crash-states.ts';
import { makeFakeEmbedder } from './fake-embedder.ts';

process.on('message', (order: Order) => {
  follow(order).then(tell, (error: unknown) => {
    tell({ kind: 'failed', message: inspect(error) });
  });
});
process.on('disconnect', () => process.exit());
tell({ kind: 'ready' });

function tell(report: Report): void {
  process.send?.(report);
}

async function follow(order: Order): Promise<Report> {
  if (order.kind === 'look') return { kind: 'seen', digest: digestOf(await seenIn(order.store)) };
  writeDocs(order.docs, order.state);
  const began = performance.now();
  const version = await ingest(order);
  return { kind: 'ingested', version, milliseconds: performance.now() - began };
}

function writeDocs(docs: string, state: number): void {
  rmSync(docs, { recursive: true, force: true });
  for (const [path, source] of Object.entries(filesAt(state))) {
    mkdirSync(dirname(join(docs, path)), { recursive: true });
    writeFileSync(join(docs, path), source);
  }
}

async function ingest({ docs, store, model, full, later, death }: Run & { docs: string; store: string }) {
  const embedder = makeFakeEmbedder(model);
  const now = () => Date.now() + later;
  const open: typeof openStoreWriter = (options) => openStoreWriter({ ...options, now });
  const { version, warnings } = await runIngest({
    docsDir: docs,
    storeUri: store,
    full,
    embedder: { ...embedder, embedPassages: mortal('embedPassages', embedder.embedPassages, death) },
    countTokens,
    openWriter: async (options) => mortalWriter(await mortal('openStoreWriter', open, death)(options), death),
  });
  if (warnings.length > 0) throw new Error(warnings.join('\n'));
  return version;
}

function mortalWriter(writer: StoreWriter, death: Death | undefined): StoreWriter {
  return {
    ...writer,
    documents: mortal('documents', writer.documents, death),
    chunkKeys: mortal('chunkKeys', writer.chunkKeys, death),
    vectorsOf: mortal('vectorsOf', writer.vectorsOf, death),
    addChunks: mortal('addChunks', writer.addChunks, death),
    addDocuments: mortal('addDocuments', writer.addDocuments, death),
    deleteChunks: mortal('deleteChunks', writer.deleteChunks, death),
    deleteDocuments: mortal('deleteDocuments', writer.deleteDocuments, death),
    commit: mortal('commit', writer.commit, death),
    lastRun: mortal('lastRun', writer.lastRun, death),
    lastCheck: mortal('lastCheck', writer.lastCheck, death),
    recordCheck: mortal('recordCheck', writer.recordCheck, death),
    recordRun: mortal('recordRun', writer.recordRun, death),
    close: mortal('close', writer.close, death),
  };
}

function mortal<A extends unknown[], T>(
  step: Step,
  call: (...args: A) => Promise<T>,
  death: Death | undefined,
): (...args: A) => Promise<T> {
  if (death?.step !== step) return call;
  return async (...args) => {
    if (death.when === 'before') die();
    if (death.when === 'during') setTimeout(die, death.delay);
    const value = await call(...args);
    die();
    return value;
  };
}

function die(): void {
  process.kill(process.pid, 'SIGKILL');
}
