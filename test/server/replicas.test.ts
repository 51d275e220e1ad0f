import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { shared } from '../shared.ts';
import { type Ran, runCommand } from './run-command.ts';
import { type S3Server, startS3 } from './s3-server.ts';
import { type SpawnedMain, spawnMain } from './spawn-main.ts';

const program = shared('s3/versitygw');
const QUESTIONS = 200;
const AT_ONCE = 6;
const REPLICAS = 3;
/** A server that was last asked so long ago looks for a newer version before it answers: `refreshMs`, and a little. */
const LOOKS_EVERY_MS = 500 + 50;
const QUESTION = 'How many days of leave do I get?';

type Answered = { readonly version: number; readonly text: string };

let folder: string;
let s3: S3Server;

/** Two documents of which the number of days has to be the same in both. */
function writeDocs(days: number): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'leave.md'), `# Leave\n\nYou get ${days} days of leave in a year.\n`);
  writeFileSync(
    join(folder, 'handbook.md'),
    `# Handbook\n\n## Edition\n\nThis is edition ${days} of the handbook.\n`,
  );
}

const ingest = (...args: string[]): Promise<Ran> =>
  runCommand('ingest/main.ts', {
    args: [folder, '--store', s3.uri, '--json', ...args],
    settings: s3.env,
  });

const summaryOf = ({ stdout }: Ran) => JSON.parse(stdout.trim().split('\n').at(-1) ?? '');

async function ask(url: string): Promise<Answered> {
  const response = await fetch(`${url}/api/chat`, {
    method: 'POST',
    body: JSON.stringify({ messages: [{ role: 'user', content: QUESTION }] }),
  });
  const events = (await response.text()).split('\n\n').map((block) => ({
    type: /^event: (\w+)/.exec(block)?.[1],
    data: JSON.parse(/^data: (.*)$/m.exec(block)?.[1] ?? '{}'),
  }));
  return {
    version: events.find(({ type }) => type === 'done')?.data.version,
    text: events.map(({ type, data }) => (type === 'delta' ? data.text : '')).join(''),
  };
}

describe.skipIf(!program.there)(`several servers over one bucket${program.why}`, () => {
  const replicas: SpawnedMain[] = [];
  let urls: string[];

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'docent-replicas-'));
    s3 = await startS3(program.path);
    writeDocs(25);
    expect(await ingest()).toMatchObject({ code: 0 });
    for (let n = 0; n < REPLICAS; n++) {
      replicas.push(spawnMain({ ...s3.env, STORE_URI: s3.uri, DOCS_DIR: folder, INGEST_ON_START: 'off' }));
    }
    urls = await Promise.all(replicas.map(({ url }) => url));
  }, 120_000);

  afterAll(async () => {
    for (const { child } of replicas) child.kill('SIGTERM');
    const ended = await Promise.all(replicas.map((replica) => replica.ended));
    for (const { code, stdout, stderr } of ended) {
      expect(code).toBe(0);
      expect(stdout + stderr).not.toContain(s3.env.AWS_SECRET_ACCESS_KEY);
    }
    await s3.close();
    rmSync(folder, { recursive: true, force: true });
  });

  test('200 questions while the docs change: each answer is of one version, and every server moves on', async () => {
    const answers: Answered[] = [];
    let asked = 0;
    let changing: Promise<Ran> | undefined;
    const worker = async () => {
      while (asked < QUESTIONS) {
        const url = urls[asked++ % urls.length] ?? '';
        if (asked === QUESTIONS / 4) {
          writeDocs(28);
          changing = ingest();
        }
        answers.push(await ask(url));
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
    const changed = await changing;
    expect(changed && summaryOf(changed)).toMatchObject({ version: 2, failed: [] });
    expect(answers).toHaveLength(QUESTIONS);
    const days = { 1: '25', 2: '28' } as const;
    for (const { version, text } of answers) {
      expect([1, 2]).toContain(version);
      expect(text).toContain(`You get ${days[version === 1 ? 1 : 2]} days of leave`);
    }
    await delay(LOOKS_EVERY_MS);
    for (const url of urls) expect(await ask(url)).toMatchObject({ version: 2 });
  }, 240_000);

  test('two ingests at once lose nothing: one writes, the other waits for another time', async () => {
    writeDocs(30);
    const both = await Promise.all([ingest('--full'), ingest('--full')]);
    expect(both.map(({ code }) => code).sort()).toContain(0);
    for (const { code, stderr } of both) if (code !== 0) expect(stderr).toContain('Another ingest');
    const after = summaryOf(await ingest());
    expect(after).toMatchObject({ files: 2, chunks: 2, embedded: 0, unchanged: 2, deleted: 0 });
    await delay(LOOKS_EVERY_MS);
    for (const url of urls) expect((await ask(url)).text).toContain('You get 30 days');
  }, 120_000);
});
