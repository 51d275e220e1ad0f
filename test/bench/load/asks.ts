import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';

/** What a child process of the bench can be asked, by name. */
// biome-ignore lint/suspicious/noExplicitAny: the parameters of any function
export type Asks = Readonly<Record<string, (...input: any[]) => unknown>>;

type Question = { readonly ask: string; readonly id: number; readonly input: unknown[] };
type Reply = { readonly id: number; readonly result?: unknown; readonly fault?: string };

/** Answers the parent process, and ends with it. */
export function answerAsks(asks: Asks): void {
  process.on('message', async ({ ask, id, input }: Question) => {
    try {
      const result = await asks[ask]?.(...input);
      process.send?.({ id, result } satisfies Reply);
    } catch (error) {
      process.send?.({ id, fault: String(error) } satisfies Reply);
    }
  });
  process.on('disconnect', () => process.exit());
}

/** Asks a child process that answers with `answerAsks`. Throws what went wrong there, or that it has ended. */
export function asker<A extends Asks>(child: ChildProcess) {
  const waiting = new Map<number, { resolve(result: never): void; reject(error: Error): void }>();
  let last = 0;
  child.on('message', ({ id, result, fault }: Reply) => {
    const waiter = waiting.get(id);
    waiting.delete(id);
    if (fault === undefined) waiter?.resolve(result as never);
    else waiter?.reject(new Error(fault));
  });
  child.on('exit', (code, signal) => {
    for (const { reject } of waiting.values())
      reject(new Error(`${child.spawnfile} ended (${code ?? signal})`));
    waiting.clear();
  });
  return <Name extends keyof A & string>(
    ask: Name,
    ...input: Parameters<A[Name]>
  ): Promise<Awaited<ReturnType<A[Name]>>> =>
    new Promise((resolve, reject) => {
      const id = ++last;
      waiting.set(id, { resolve, reject });
      child.send({ ask, id, input } satisfies Question);
    });
}

/** A script of this folder as a process of its own that can be asked; `end` waits until it is gone. */
export function startProcess<A extends Asks>(script: string, args: readonly string[] = []) {
  const child = fork(new URL(script, import.meta.url), args, {
    execArgv: ['--expose-gc', '--import', 'tsx'],
  });
  return {
    ask: asker<A>(child),
    async end(): Promise<void> {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, 'exit');
      child.kill('SIGKILL');
      await ended;
    },
  };
}
