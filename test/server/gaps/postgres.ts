import { type ChildProcess, execFile, spawn } from 'node:child_process';
import {
  chownSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';

const PASSWORD = 'p@ss/wörd';

export type Postgres = {
  /** Of an empty database, with a password in it. */
  makeDatabase(): Promise<string>;
  /** The server ends at once, its connections too. */
  stop(): Promise<void>;
  start(): Promise<void>;
  close(): Promise<void>;
};

/** Folder of an installed PostgreSQL server's programs. */
export function findPostgres(): string | undefined {
  const debian = '/usr/lib/postgresql';
  const versions = existsSync(debian) ? readdirSync(debian).sort() : [];
  const folders = [
    ...versions.reverse().map((version) => join(debian, version, 'bin')),
    ...(process.env.PATH ?? '').split(delimiter),
  ];
  return folders.find((folder) => ['postgres', 'initdb'].every((name) => existsSync(join(folder, name))));
}

/** A real server on a loopback port that asks for a password. */
export async function startPostgres(programs: string): Promise<Postgres> {
  const folder = mkdtempSync(join(tmpdir(), 'docent-postgres-'));
  // PostgreSQL refuses to run as root.
  const owner = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};
  const passwordFile = join(folder, 'password');
  writeFileSync(passwordFile, PASSWORD);
  if (owner.uid) for (const path of [folder, passwordFile]) chownSync(path, owner.uid, owner.gid);
  const data = join(folder, 'data');
  const options = [
    '-D',
    data,
    '-U',
    'docent',
    '-A',
    'scram-sha-256',
    `--pwfile=${passwordFile}`,
    '-N',
    '-E',
    'UTF8',
  ];
  await promisify(execFile)(join(programs, 'initdb'), options, { ...owner, cwd: folder });
  const port = await freePort();
  const urlOf = (name: string) =>
    `postgres://docent:${encodeURIComponent(PASSWORD)}@127.0.0.1:${port}/${name}`;
  let server: ChildProcess | undefined;
  let databases = 0;

  async function start() {
    const settings = [`port=${port}`, 'listen_addresses=127.0.0.1', 'unix_socket_directories=', 'fsync=off'];
    const args = ['-D', data, ...settings.flatMap((setting) => ['-c', setting])];
    const log = join(folder, 'log');
    server = spawn(
      '/bin/sh',
      ['-c', 'exec "$0" "$@" >>"$DOCENT_LOG" 2>&1', join(programs, 'postgres'), ...args],
      {
        ...owner,
        cwd: folder,
        stdio: 'ignore',
        env: { DOCENT_LOG: log },
      },
    );
    for (let left = 300; ; left--) {
      const client = new pg.Client(urlOf('postgres'));
      client.on('error', () => undefined);
      const fault = await client.connect().then(() => undefined, String);
      await client.end().catch(() => undefined);
      if (fault === undefined) return;
      if (left === 0 || server.exitCode !== null) throw new Error(`${fault}\n${readFileSync(log, 'utf8')}`);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }

  async function stop() {
    const running = server;
    server = undefined;
    if (!running || running.exitCode !== null) return;
    const ended = new Promise((resolve) => running.once('exit', resolve));
    running.kill('SIGQUIT');
    await ended;
  }

  await start();
  return {
    start,
    stop,
    async makeDatabase() {
      const name = `gaps${++databases}`;
      const client = new pg.Client(urlOf('postgres'));
      await client.connect();
      await client.query(`CREATE DATABASE ${name}`);
      await client.end();
      return urlOf(name);
    },
    async close() {
      await stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(address !== null && typeof address === 'object' ? address.port : 0));
    });
  });
}
