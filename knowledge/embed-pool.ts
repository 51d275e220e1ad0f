import { type EventEmitter, once } from 'node:events';
import type { EmbedReply, EmbedRequest, EmbedTask } from './embed-worker.ts';
import { DocentError } from './errors.ts';

/** A `Worker` as far as it is needed: one that takes `EmbedRequest`s and emits `EmbedReply`s. */
export type EmbedWorker = EventEmitter & {
  postMessage(request: EmbedRequest): void;
  ref(): void;
  unref(): void;
};

export type EmbedPool = {
  /**
   * For each task its vectors: its own and then its sentences', one after another. `urgent` goes before all that
   * isn't. Throws `DocentError` `embedding_failed`; when `signal` aborts, its reason.
   */
  embed(
    tasks: readonly EmbedTask[],
    options: { readonly urgent: boolean; readonly signal?: AbortSignal | undefined },
  ): Promise<Float32Array[]>;
  /** Tokens that the models have read so far. */
  tokensEmbedded(): number;
  close(): Promise<void>;
};

type Job = {
  readonly tasks: readonly EmbedTask[];
  readonly results: Float32Array[];
  /** Tasks that a worker has or had, and those that are done. */
  given: number;
  done: number;
  readonly settle: (error?: Error) => void;
};

/** Tasks of a job that one worker has, from the `first` on. */
type Slice = { readonly job: Job; readonly first: number; readonly count: number; readonly tokens: number };

type Member = {
  readonly worker: EmbedWorker;
  readonly slices: Map<number, Slice>;
  /** Tokens of its slices. */
  load: number;
};

/** Most tokens of a slice (one task at least), some 0.1 s of work. A worker gets another while it has less than two. */
export const sliceTokens = 1024;
const aheadTokens = 2 * sliceTokens;
/** Tokens to do that make another worker worth its start, some 0.4 s of work. */
export const worthAnother = 4096;

/**
 * Up to `size` workers with a model of one thread each, which share what is to be done. On the same processors they
 * read a tenth more tokens a second than one model of as many threads, and none waits for another. They are
 * started as there is work, do not keep the process alive when idle, and are started again after they died.
 */
export function makeEmbedPool({
  startWorker,
  size,
}: {
  startWorker: () => EmbedWorker;
  size: number;
}): EmbedPool {
  const members: Member[] = [];
  const jobs = new Set<Job>();
  /** Jobs with tasks that no worker has yet. */
  const waiting: Job[] = [];
  let waitingTokens = 0;
  let nextId = 1;
  let tokensEmbedded = 0;
  let closed = false;

  function start(): Member {
    const worker = startWorker();
    const member: Member = { worker, slices: new Map(), load: 0 };
    members.push(member);
    const die = (cause?: unknown) => {
      const at = members.indexOf(member);
      if (at < 0) return;
      members.splice(at, 1);
      const reason = cause instanceof Error ? `: ${cause.message}` : '';
      const message = `The embedding worker stopped${reason}. Try again.`;
      const error = new DocentError('embedding_failed', message, { cause });
      for (const { job } of member.slices.values()) job.settle(error);
      give();
    };
    worker.on('error', die);
    worker.on('exit', () => die());
    worker.on('message', (reply: EmbedReply) => hear(member, reply));
    worker.unref();
    return member;
  }

  function hear(member: Member, reply: EmbedReply) {
    const slice = member.slices.get(reply.id);
    if (!slice) return;
    release(member, reply.id);
    if (reply.type === 'vectors') {
      tokensEmbedded += slice.tokens;
      finish(slice, reply.vectors);
    } else {
      slice.job.settle(new DocentError('embedding_failed', `The embedding model failed: ${reply.message}.`));
    }
    give();
  }

  function finish({ job, first, count }: Slice, vectors: Float32Array) {
    const tasks = job.tasks.slice(first, first + count);
    const rows = tasks.reduce((sum, { sentences }) => sum + 1 + sentences, 0);
    const dimensions = vectors.length / rows;
    let at = 0;
    for (const [index, { sentences }] of tasks.entries()) {
      const end = at + (1 + sentences) * dimensions;
      job.results[first + index] = vectors.subarray(at, end);
      at = end;
    }
    job.done += count;
    if (job.done === job.tasks.length) job.settle();
  }

  function post(member: Member, slice: Slice, urgent: boolean) {
    const id = nextId++;
    const tasks = slice.job.tasks.slice(slice.first, slice.first + slice.count);
    if (member.slices.size === 0) member.worker.ref();
    member.slices.set(id, slice);
    member.load += slice.tokens;
    member.worker.postMessage({ type: 'embed', id, tasks, urgent });
  }

  function release(member: Member, id: number) {
    member.load -= member.slices.get(id)?.tokens ?? 0;
    member.slices.delete(id);
    if (member.slices.size === 0) member.worker.unref();
  }

  /** The one with the least to do; a new one where that is much. */
  function leastBusy(): Member {
    const least = members.reduce<Member | undefined>(
      (one, other) => (one && one.load <= other.load ? one : other),
      undefined,
    );
    if (!least) return start();
    const isWorth = least.load > 0 && least.load + waitingTokens > worthAnother;
    return isWorth && members.length < size ? start() : least;
  }

  /** Hands out what waits, as far as the workers have room. */
  function give() {
    for (let job = waiting[0]; job; job = waiting[0]) {
      const member = leastBusy();
      if (member.load >= aheadTokens) return;
      const slice = nextSlice(job);
      waitingTokens -= slice.tokens;
      job.given += slice.count;
      if (job.given === job.tasks.length) waiting.shift();
      post(member, slice, false);
    }
  }

  /** Smaller ones towards the end, so that all are done at the same time. */
  function nextSlice(job: Job): Slice {
    const most = Math.min(sliceTokens, waitingTokens / (2 * size));
    let [count, tokens] = [0, 0];
    for (const task of job.tasks.slice(job.given)) {
      const more = tokensOf(task);
      if (count > 0 && tokens + more > most) break;
      count++;
      tokens += more;
    }
    return { job, first: job.given, count, tokens };
  }

  /** What a job that ended early still has waiting or with the workers. */
  function withdraw(job: Job) {
    const at = waiting.indexOf(job);
    if (at >= 0) {
      waiting.splice(at, 1);
      waitingTokens -= sumOf(job.tasks.slice(job.given));
    }
    for (const member of members) {
      for (const [id, slice] of member.slices) {
        if (slice.job !== job) continue;
        release(member, id);
        member.worker.postMessage({ type: 'cancel', id });
      }
    }
  }

  function run(tasks: readonly EmbedTask[], urgent: boolean, signal?: AbortSignal): Promise<Float32Array[]> {
    return new Promise((resolve, reject) => {
      const settle = (error?: Error) => {
        if (!jobs.delete(job)) return;
        signal?.removeEventListener('abort', abort);
        if (error) {
          withdraw(job);
          reject(error);
        } else resolve(job.results);
      };
      const job: Job = { tasks, results: [], given: 0, done: 0, settle };
      const abort = () => {
        settle(asError(signal?.reason));
        give();
      };
      jobs.add(job);
      signal?.addEventListener('abort', abort, { once: true });
      if (urgent) {
        job.given = tasks.length;
        post(leastBusy(), { job, first: 0, count: tasks.length, tokens: sumOf(tasks) }, true);
      } else {
        waiting.push(job);
        waitingTokens += sumOf(tasks);
        give();
      }
    });
  }

  return {
    async embed(tasks, { urgent, signal }) {
      signal?.throwIfAborted();
      if (closed) throw new DocentError('embedding_failed', 'The embedding model was closed.');
      if (tasks.length === 0) return [];
      return run(tasks, urgent, signal);
    },
    tokensEmbedded: () => tokensEmbedded,
    async close() {
      closed = true;
      for (const job of jobs)
        job.settle(new DocentError('embedding_failed', 'The embedding model was closed.'));
      // Terminating one in the middle of a window would bring the whole process down.
      await Promise.all(
        members.map(async ({ worker }) => {
          const exited = once(worker, 'exit');
          worker.ref();
          worker.postMessage({ type: 'close' });
          await exited;
        }),
      );
    },
  };
}

function sumOf(tasks: readonly EmbedTask[]): number {
  return tasks.reduce((sum, task) => sum + tokensOf(task), 0);
}

function tokensOf({ windows }: EmbedTask): number {
  return windows.reduce((sum, { ids }) => sum + ids.length, 0);
}

function asError(reason: unknown): Error {
  return reason instanceof Error ? reason : new DOMException('The call was aborted.', 'AbortError');
}
