/** Many readers of `/api/chat` in one lean process; each looks at what it gets only for what is counted. */
import { Agent, type ClientRequest, request } from 'node:http';
import { answerAsks } from './asks.ts';

export type Wave = {
  readonly url: string;
  readonly streams: number;
  /** Milliseconds over which they come, evenly. */
  readonly over: number;
  readonly questions: readonly string[];
  /** Each whose answer has ended asks again. */
  readonly again: boolean;
};

/** All since the last `reset`. */
export type ClientCounts = {
  readonly open: number;
  readonly begun: number;
  /** Answers that came to their end, their deltas' number, and streams that this process closed. */
  readonly ended: number;
  readonly deltas: number;
  readonly left: number;
  /** Refused, cut, or ended with an error. */
  readonly failed: number;
  readonly faults: readonly string[];
};

const DELTA = 'event: delta\n';
const END = /event: (done|error)\n/;
/** No mark that is looked for is longer; what may be its beginning is looked at again. */
const TAIL = 14;

const agent = new Agent({ maxSockets: Number.POSITIVE_INFINITY });
const open = new Set<ClientRequest>();
let counts = fresh();
let firsts: { at: number; ms: number }[] = [];
let asked = 0;
let again = false;

function fresh() {
  return { begun: 0, ended: 0, deltas: 0, left: 0, failed: 0, faults: [] as string[] };
}

function ask(wave: Wave): void {
  const content = wave.questions[asked++ % wave.questions.length] ?? '';
  const body = JSON.stringify({ messages: [{ role: 'user', content }] });
  const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
  const began = performance.now();
  let first = Number.NaN;
  let tail = '';
  let end: string | undefined;
  counts.begun++;
  const sending = request(`${wave.url}/api/chat`, { method: 'POST', agent, headers }, (response) => {
    response.setEncoding('latin1').on('data', (part: string) => {
      const text = tail + part;
      for (let at = text.indexOf(DELTA); at >= 0; at = text.indexOf(DELTA, at + DELTA.length)) {
        counts.deltas++;
        if (Number.isNaN(first)) {
          first = performance.now() - began;
          firsts.push({ at: began, ms: first });
        }
        tail = '';
      }
      end ??= END.exec(text)?.[1];
      tail = text.slice(Math.max(text.lastIndexOf(DELTA) + DELTA.length, text.length - TAIL, 0));
    });
    response.on('error', () => {});
    response.on('close', () => {
      if (!open.delete(sending)) return;
      if (end === 'done') counts.ended++;
      else fault(`${response.statusCode}, ended by ${end ?? 'its connection'}: ${tail.trim()}`);
      if (again) ask(wave);
    });
  });
  open.add(sending);
  sending.on('error', (error) => {
    if (open.delete(sending)) fault(String(error));
  });
  sending.end(body);
}

function fault(message: string): void {
  counts.failed++;
  if (counts.faults.length < 5) counts.faults.push(message);
}

const clients = {
  /** Returns when all have come, not when they have ended. */
  async begin(wave: Wave): Promise<void> {
    again = wave.again;
    const began = performance.now();
    for (let n = 0; n < wave.streams; ) {
      const due = wave.over === 0 ? wave.streams : ((performance.now() - began) / wave.over) * wave.streams;
      for (; n < Math.min(due, wave.streams); n++) ask(wave);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  },
  /** Whoever ends from now on doesn't ask again. */
  rest(): void {
    again = false;
  },
  /** Closes every so many of the open streams, and gives the number of those that stay. */
  leave(every: number): number {
    for (const [n, one] of [...open].entries()) {
      if (n % every !== 0) continue;
      open.delete(one);
      counts.left++;
      one.destroy();
    }
    return open.size;
  },
  counts: (): ClientCounts => ({ ...counts, open: open.size }),
  /** Milliseconds to the first words of each answer, with the time of asking, since the last `reset`. */
  firsts: () => firsts,
  now: () => performance.now(),
  reset(): void {
    counts = fresh();
    firsts = [];
  },
};

export type Clients = typeof clients;

answerAsks(clients);
