/** Started by `killIngests`: does what each message asks for until it is killed, by itself or from outside. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { inspect } from 'node:util';
import { cutDocument } from '../../ingest/cut-document.ts';
import { findFiles } from '../../ingest/find-files.ts';
import { readSource } from '../../ingest/read-file.ts';
import { syncIndex } from '../../ingest/sync-index.ts';
import { CHUNKER_ID } from '../../knowledge/chunker-id.ts';
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
  const fingerprint = { embedder: model, dimensions: embedder.dimensions, chunker: CHUNKER_ID };
  const now = () => Date.now() + later;
  const open = () => openStoreWriter({ uri: store, fingerprint, full, now });
  const writer = await mortal('openStoreWriter', open, death)();
  async function* documents() {
    for (const file of (await findFiles(docs)).files) {
      const read = await readSource(file);
      if (!read.ok) throw new Error(read.failed.message);
      const { source, hash, changedAt } = read;
      const cut = async () => cutDocument({ path: file.path, source, changedAt, countTokens });
      yield { path: file.path, hash, cut };
    }
  }
  const wrapped = mortalWriter(writer, death);
  try {
    const { version } = await syncIndex({
      documents: documents(),
      writer: wrapped,
      embedder: { ...embedder, embedPassages: mortal('embedPassages', embedder.embedPassages, death) },
    });
    return version;
  } finally {
    await wrapped.close();
  }
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
