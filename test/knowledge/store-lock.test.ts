import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { lockStore } from '../../knowledge/store-lock.ts';
import { tempFolder } from '../ingest/temp-folder.ts';

const lockModule = new URL('../../knowledge/store-lock.ts', import.meta.url).href;

test('one holder at a time, named by its process', async () => {
  const folder = tempFolder();
  const lock = await lockStore(folder);
  await expect(lockStore(folder)).rejects.toMatchObject({
    code: 'store_locked',
    message: expect.stringContaining(`process ${process.pid}`),
  });
  await lock.check();
  await lock.release();
  expect(existsSync(join(folder, 'writer.lock'))).toBe(false);
  await (await lockStore(folder)).release();
});

test('of many at once one gets it', async () => {
  const folder = tempFolder();
  const tries = await Promise.allSettled(Array.from({ length: 20 }, () => lockStore(folder)));
  const holders = tries.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
  expect(holders).toHaveLength(1);
  for (const lock of holders) await lock.release();
});

test('a killed process loses it at once, and of many waiting one takes it over', async () => {
  const folder = tempFolder();
  const child = await holderProcess(folder);
  await expect(lockStore(folder)).rejects.toMatchObject({
    code: 'store_locked',
    message: expect.stringContaining(`process ${child.pid}`),
  });
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await gone;
  const tries = await Promise.allSettled(Array.from({ length: 20 }, () => lockStore(folder)));
  const holders = tries.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
  expect(holders).toHaveLength(1);
  await holders[0]?.check();
  await holders[0]?.release();
});

test('a process that got the number of a dead one does not count as the holder', async () => {
  const folder = tempFolder();
  const lock = await lockStore(folder);
  const file = join(folder, 'writer.lock');
  const holder = JSON.parse(readFileSync(file, 'utf8'));
  writeFileSync(file, JSON.stringify({ ...holder, token: 'other', started: '1' }));
  await expect(lock.check()).rejects.toMatchObject({ code: 'store_locked' });
  await (await lockStore(folder)).release();
});

test('a holder on another machine counts as dead after half a minute without a sign', async () => {
  const folder = tempFolder();
  const file = join(folder, 'writer.lock');
  writeFileSync(file, JSON.stringify({ token: 't', pid: 1, started: '1', host: 'elsewhere' }));
  await expect(lockStore(folder)).rejects.toMatchObject({
    code: 'store_locked',
    message: expect.stringContaining('on elsewhere'),
  });
  const before = new Date(Date.now() - 31_000);
  utimesSync(file, before, before);
  await (await lockStore(folder)).release();
});

test('where start times are not told, a process that lives holds it as long as it gives signs of life', async () => {
  const folder = tempFolder();
  const file = join(folder, 'writer.lock');
  const untold = { startOf: async () => '' };
  const lock = await lockStore(folder, untold);
  await expect(lockStore(folder, untold)).rejects.toMatchObject({ code: 'store_locked' });
  const holder = readFileSync(file, 'utf8');
  await lock.release();
  // Of one that died, whose number another process has by now.
  writeFileSync(file, holder);
  const before = new Date(Date.now() - 31_000);
  utimesSync(file, before, before);
  await (await lockStore(folder, untold)).release();
});

test('a lock file that says nothing holds nobody up', async () => {
  const folder = tempFolder({ 'writer.lock': '' });
  await (await lockStore(folder)).release();
});

async function holderProcess(folder: string): Promise<ChildProcess> {
  const code = `import(${JSON.stringify(lockModule)}).then(({ lockStore }) => lockStore(${JSON.stringify(folder)}))
    .then(() => { console.log('held'); setInterval(() => {}, 1000); });`;
  const child = spawn(process.execPath, ['--import', 'tsx', '-e', code], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  await new Promise((resolve) => child.stdout.once('data', resolve));
  return child;
}
