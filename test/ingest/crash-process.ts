import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Order, Report } from './crash-orders.ts';

/** A process that ingests and reads as it is told, and may be killed. */
export type CrashProcess = {
  readonly pid: number;
  readonly ready: Promise<unknown>;
  /** One order at a time. Undefined when it died before it answered. */
  do(order: Order): Promise<Report | undefined>;
  kill(): void;
  readonly dead: Promise<undefined>;
};

const script = fileURLToPath(new URL('./crash-child.ts', import.meta.url));
const root = fileURLToPath(new URL('../../', import.meta.url));

/** `uid`: runs as this user, which only root may ask for. */
export function startCrashProcess(uid?: number): CrashProcess {
  const born: ChildProcess = spawn(process.execPath, ['--import', 'tsx', script], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    ...(uid === undefined ? {} : { uid, gid: uid }),
  });
  const dead = new Promise<undefined>((resolve) => born.once('exit', () => resolve(undefined)));
  const report = () =>
    Promise.race([dead, new Promise<Report>((resolve) => born.once('message', (it: Report) => resolve(it)))]);
  return {
    pid: born.pid ?? 0,
    ready: report(),
    dead,
    do(order) {
      const answer = report();
      born.send(order, () => undefined);
      return answer;
    },
    kill: () => void born.kill('SIGKILL'),
  };
}
