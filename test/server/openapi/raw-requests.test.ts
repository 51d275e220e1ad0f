import { connect } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Listener, listen } from '../../../server/listen.ts';
import { openWholeApp, type WholeApp } from './whole-app.ts';

let whole: WholeApp;
let listener: Listener;
beforeAll(async () => {
  whole = await openWholeApp();
  listener = await listen(whole.app, { port: 0, host: '127.0.0.1' });
});
afterAll(async () => {
  await listener.close(0);
  await whole.close();
});

/** Everything that comes back for these bytes until the connection ends. */
function sendRaw(bytes: Buffer): Promise<string> {
  const { hostname, port } = new URL(listener.url);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname, () => socket.end(bytes));
    let answer = '';
    socket.setEncoding('latin1').on('data', (piece) => {
      answer += piece;
    });
    socket.on('close', () => resolve(answer)).on('error', reject);
  });
}

const HEAD = 'Host: localhost\r\nConnection: close\r\n';
const post = (path: string, body: string) =>
  `POST ${path} HTTP/1.1\r\n${HEAD}Content-Type: application/json\r\nAccept: application/json, text/event-stream\r\nContent-Length: ${Buffer.byteLength(body, 'latin1')}\r\n\r\n${body}`;

/** What no client library would send. */
test.each([
  ['bytes above ASCII in the path', `GET /api/docs/\xff\xfe HTTP/1.1\r\n${HEAD}\r\n`],
  ['a path that climbs', `GET /api/docs/../../../etc/passwd HTTP/1.1\r\n${HEAD}\r\n`],
  ['a path of two slashes', `GET // HTTP/1.1\r\n${HEAD}\r\n`],
  ['another server’s address', `GET http://evil.example/api/docs HTTP/1.1\r\n${HEAD}\r\n`],
  ['a path that is no URL', `GET http://[ HTTP/1.1\r\n${HEAD}\r\n`],
  ['no host', 'GET /api/info HTTP/1.1\r\nConnection: close\r\n\r\n'],
  ['a host that is none', 'GET /api/info HTTP/1.1\r\nHost: a b/%\r\nConnection: close\r\n\r\n'],
  ['two hosts', `GET /api/info HTTP/1.1\r\nHost: evil.example\r\n${HEAD}\r\n`],
  ['NUL in a header', `GET /api/info HTTP/1.1\r\nX-A: \0\r\n${HEAD}\r\n`],
  ['an endless header', `GET /api/info HTTP/1.1\r\nX-A: ${'x'.repeat(100_000)}\r\n${HEAD}\r\n`],
  ['no HTTP', 'hello\r\n\r\n'],
  ['an unknown method', `EVIL /api/info HTTP/1.1\r\n${HEAD}\r\n`],
  ['TRACE', `TRACE /api/info HTTP/1.1\r\n${HEAD}\r\n`],
  ['CONNECT', `CONNECT localhost:80 HTTP/1.1\r\n${HEAD}\r\n`],
  ['two lengths', `POST /api/chat HTTP/1.1\r\n${HEAD}Content-Length: 1\r\nContent-Length: 2\r\n\r\nxx`],
  [
    'length and chunks',
    `POST /api/chat HTTP/1.1\r\n${HEAD}Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
  ],
  ['a broken chunk', `POST /api/chat HTTP/1.1\r\n${HEAD}Transfer-Encoding: chunked\r\n\r\nzz\r\n`],
  ['a body cut short', `POST /api/chat HTTP/1.1\r\n${HEAD}Content-Length: 500\r\n\r\n{"messages":`],
])('%s is refused or answered, and nothing fails', async (_what, request) => {
  const answer = await sendRaw(Buffer.from(request, 'latin1'));
  expect(answer).toMatch(/^(HTTP\/1\.1 [234]|$)/);
  expect(answer).not.toContain(process.cwd());
  expect(whole.faults).toEqual([]);
});

test.each([
  ['/api/chat', '{"messages":[{"role":"user","content":"What is an RMM?\xff"}]}'],
  ['/api/feedback', '{"question":"What is \xc3\x28?","rating":"up"}'],
  ['/v1/chat/completions', '{"model":"docent","messages":[{"role":"user","content":"\xff"}]}'],
  ['/v1/embeddings', '{"model":"docent-embedding","input":"\xff"}'],
  [
    '/mcp',
    '{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"search_docs","arguments":{"query":"RMM\xff\xfe"}}}',
  ],
])('%s says that a body isn’t UTF-8', async (path, body) => {
  const answer = await sendRaw(Buffer.from(post(path, body), 'latin1'));
  expect(answer).toMatch(/^HTTP\/1\.1 400/);
  expect(answer).toContain('UTF-8');
});
