import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeApp } from '../../server/app.ts';
import { type Listener, listen } from '../../server/listen.ts';
import { appDeps } from './app-deps.ts';

const SECRET = 'not for the web';
let folder: string;
let listener: Listener;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'docent-paths-'));
  const webDir = join(folder, 'web');
  await mkdir(join(webDir, 'assets'), { recursive: true });
  await writeFile(join(folder, 'secret.md'), SECRET);
  await writeFile(join(folder, 'secret.js'), SECRET);
  await writeFile(join(webDir, 'index.html'), '<!doctype html><title>Docent</title>');
  await writeFile(join(webDir, 'assets/main.js'), 'export {};');
  // Links that somebody has put among the files that are served.
  for (const place of ['', 'assets']) await symlink(join(folder, 'secret.md'), join(webDir, place, 'out.md'));
  await symlink(folder, join(webDir, 'assets/up'));
  listener = await listen(makeApp(appDeps({ webDir })), { port: 0, host: '127.0.0.1' });
});
afterAll(async () => {
  await listener.close(0);
  await rm(folder, { recursive: true });
});

/** The answer to a path that goes over the wire as it is. */
function get(path: string): Promise<string> {
  const { port } = new URL(listener.url);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), '127.0.0.1', () =>
      socket.write(
        Buffer.from(
          `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: text/html\r\nConnection: close\r\n\r\n`,
          'latin1',
        ),
      ),
    );
    let answer = '';
    socket.setEncoding('latin1').on('data', (piece) => {
      answer += piece;
    });
    socket.on('close', () => resolve(answer)).on('error', reject);
  });
}

const HOSTILE = [
  '../secret.md',
  '../../../../../../etc/passwd',
  '..%2f..%2f..%2fetc%2fpasswd',
  '%2e%2e/%2e%2e/etc/passwd',
  '%2e%2e%2fsecret.md',
  '..%252f..%252fetc%252fpasswd',
  '..%c0%af..%c0%afetc/passwd',
  '....//....//etc/passwd',
  '..\\..\\etc\\passwd',
  '..%5c..%5csecret.md',
  '/etc/passwd',
  '%2fetc%2fpasswd',
  'file:///etc/passwd',
  'C:\\Windows\\win.ini',
  'C:%5cWindows%5cwin.ini',
  'psa.md%00.png',
  'psa.md%00',
  'psa.md/',
  './psa.md%2f..%2f..%2fsecret.md',
  'out.md',
  'up/secret.md',
  '%',
  "x'%20OR%20'1'%3D'1",
  'a/'.repeat(3_000),
  'x'.repeat(12_000),
];

describe.each(['/docs/', '/api/docs/', '/assets/', '/'])('below %s', (prefix) => {
  test.each(HOSTILE)('%s shows nothing', async (path) => {
    const answer = await get(prefix + path);
    // Node itself refuses what is longer than a header may be.
    expect(answer).toMatch(/^HTTP\/1\.1 (4\d\d) /);
    expect(answer).not.toMatch(new RegExp(`${SECRET}|root:|A PSA bills|${folder}`));
  });
});

test('what is there is served', async () => {
  expect(await get('/api/docs/psa.md')).toContain('A PSA bills');
  expect(await get('/docs/psa.md')).toMatch(/^HTTP\/1\.1 200 /);
  expect(await get('/assets/main.js')).toContain('export {}');
});
