import { EventEmitter } from 'node:events';
import { expect, test } from 'vitest';
import {
  type EmbedPool,
  type EmbedWorker,
  makeEmbedPool,
  sliceTokens,
  worthAnother,
} from '../../knowledge/embed-pool.ts';
import type { EmbedRequest, EmbedTask } from '../../knowledge/embed-worker.ts';

type Embed = Extract<EmbedRequest, { type: 'embed' }>;

/** A worker that answers when it is told to: the vector of each task and sentence is its number of tokens, twice. */
class FakeWorker extends EventEmitter implements EmbedWorker {
  readonly requests: EmbedRequest[] = [];
  isHeld = false;

  postMessage(request: EmbedRequest): void {
    this.requests.push(request);
    if (request.type === 'close') this.emit('exit', 0);
  }

  ref(): void {
    this.isHeld = true;
  }

  unref(): void {
    this.isHeld = false;
  }

  get embeds(): Embed[] {
    return this.requests.filter((request) => request.type === 'embed');
  }

  answer(request: Embed | undefined): void {
    const rows = request?.tasks.flatMap((task) => Array<number>(1 + task.sentences).fill(tokensOf([task])));
    const vectors = Float32Array.from((rows ?? []).flatMap((tokens) => [tokens, tokens]));
    this.emit('message', { type: 'vectors', id: request?.id, vectors });
  }
}

function makePool(size: number): { pool: EmbedPool; workers: FakeWorker[] } {
  const workers: FakeWorker[] = [];
  const startWorker = () => {
    const worker = new FakeWorker();
    workers.push(worker);
    return worker;
  };
  return { pool: makeEmbedPool({ startWorker, size }), workers };
}

function task(tokens: number, sentences = 0): EmbedTask {
  return { windows: [{ ids: Array<number>(tokens).fill(7), spans: [] }], sentences };
}

function many(count: number, tokens: number): EmbedTask[] {
  return Array.from({ length: count }, () => task(tokens));
}

function tokensOf(tasks: readonly EmbedTask[]): number {
  return tasks.reduce((sum, { windows }) => sum + windows.reduce((all, { ids }) => all + ids.length, 0), 0);
}

/** Lets the workers answer whatever they have, in turn, until nothing is left. */
function answerAll(workers: readonly FakeWorker[]): void {
  const answered = new Set<Embed>();
  for (let open = true; open; ) {
    open = false;
    for (const worker of workers) {
      const next = worker.embeds.find((request) => !answered.has(request));
      if (!next) continue;
      answered.add(next);
      worker.answer(next);
      open = true;
    }
  }
}

test('each task has its own vectors, in the order given, whoever made them', async () => {
  const { pool, workers } = makePool(3);
  const tasks = Array.from({ length: 60 }, (_, n) => task(100 + n * 5, n % 3));
  const embedding = pool.embed(tasks, { urgent: false });
  answerAll(workers);
  const vectors = await embedding;
  expect(vectors.map((each) => each.length)).toEqual(tasks.map(({ sentences }) => 2 * (1 + sentences)));
  expect(vectors.map(([first]) => first)).toEqual(tasks.map((each) => tokensOf([each])));
  expect(workers.map(({ embeds }) => embeds.length > 0)).toEqual([true, true, true]);
  expect(pool.tokensEmbedded()).toBe(tokensOf(tasks));
});

test('another worker is started for much work only, and no more than there may be', () => {
  const few = makePool(4);
  void few.pool.embed(many(8, worthAnother / 8), { urgent: false });
  expect(few.workers).toHaveLength(1);
  const more = makePool(4);
  void more.pool.embed(many(200, worthAnother / 8), { urgent: false });
  expect(more.workers).toHaveLength(4);
});

test('a worker has two slices at hand, and gets another when it is done with one', () => {
  const { pool, workers } = makePool(1);
  void pool.embed(many(100, sliceTokens / 4), { urgent: false });
  const [worker] = workers;
  expect(worker?.embeds.map(({ tasks }) => tokensOf(tasks))).toEqual([sliceTokens, sliceTokens]);
  worker?.answer(worker.embeds[0]);
  expect(worker?.embeds).toHaveLength(3);
});

test('slices grow smaller towards the end, so that all workers are done at the same time', () => {
  const { pool, workers } = makePool(2);
  void pool.embed(many(100, 100), { urgent: false });
  answerAll(workers);
  const sizes = workers.flatMap(({ embeds }) => embeds.map(({ tasks }) => tokensOf(tasks)));
  expect(Math.max(...sizes)).toBeLessThanOrEqual(sliceTokens);
  expect(Math.min(...sizes)).toBe(100);
});

test('what is urgent goes to the least busy worker at once', () => {
  const { pool, workers } = makePool(2);
  void pool.embed(many(100, 500), { urgent: false });
  const [first, second] = workers;
  second?.answer(second.embeds[0]);
  second?.answer(second.embeds[1]);
  first?.answer(first.embeds[0]);
  const before = workers.map(({ embeds }) => embeds.length);
  void pool.embed([task(9)], { urgent: true });
  expect(workers.flatMap(({ embeds }, n) => embeds.slice(before[n]))).toEqual([
    expect.objectContaining({ urgent: true, tasks: [task(9)] }),
  ]);
});

test('an aborted call is taken back from the workers, and others go on', async () => {
  const { pool, workers } = makePool(1);
  const stop = new AbortController();
  const left = pool.embed(many(50, sliceTokens / 2), { urgent: false, signal: stop.signal });
  const other = pool.embed([task(5)], { urgent: false });
  stop.abort(new Error('reader left'));
  await expect(left).rejects.toThrow('reader left');
  const [worker] = workers;
  expect(worker?.requests.filter(({ type }) => type === 'cancel')).toHaveLength(2);
  expect(worker?.embeds.at(-1)?.tasks).toEqual([task(5)]);
  worker?.answer(worker.embeds.at(-1));
  expect(await other).toHaveLength(1);
  expect(worker?.embeds).toHaveLength(3);
});

test('a worker that dies fails the calls that it had; what waits goes to another', async () => {
  const { pool, workers } = makePool(1);
  const lost = pool.embed(many(2, sliceTokens), { urgent: false });
  const waits = pool.embed([task(5)], { urgent: false });
  workers[0]?.emit('error', new Error('out of memory'));
  await expect(lost).rejects.toMatchObject({
    code: 'embedding_failed',
    message: expect.stringContaining('out of memory'),
  });
  expect(workers).toHaveLength(2);
  workers[1]?.answer(workers[1].embeds[0]);
  expect(await waits).toHaveLength(1);
});

test('a worker keeps the process alive while it has something to do', async () => {
  const { pool, workers } = makePool(1);
  const embedding = pool.embed([task(5)], { urgent: true });
  expect(workers[0]?.isHeld).toBe(true);
  workers[0]?.answer(workers[0].embeds[0]);
  await embedding;
  expect(workers[0]?.isHeld).toBe(false);
});
