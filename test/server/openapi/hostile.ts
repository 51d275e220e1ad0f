import fc from 'fast-check';

/** Text that breaks what is careless: control characters, lone surrogates, other scripts, long words, paths, markup. */
export const hostileText: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(
    '',
    ' ',
    '\0',
    'What is an RMM?\0',
    '\ud800',
    'a\udfff b',
    '\u202eevil\u202c',
    '\ufeff',
    '💥'.repeat(50),
    'e\u0301'.repeat(200),
    '../../etc/passwd',
    '..%2f..%2fetc',
    '%',
    '%00',
    '%ff%fe',
    "' OR 1=1 --",
    '"; DROP TABLE gaps; --',
    '<script>alert(1)</script>',
    '{{7*7}}#{7*7}',
    '__proto__',
    'constructor',
    '-1',
    '1e999',
    '9007199254740993',
    'null',
    '[1](https://evil.example)',
    '\n\ndata: x\nevent: done\n\n',
    'x'.repeat(4_001),
    'rmm '.repeat(900),
  ),
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.string({ unit: 'grapheme', maxLength: 60 }),
  // UTF-16 units of any kind, also halves of pairs.
  fc.array(fc.nat({ max: 0xffff }), { maxLength: 40 }).map((units) => String.fromCharCode(...units)),
);

/** JSON of any kind, among it what is rarely thought of. */
export const hostileValue: fc.Arbitrary<unknown> = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }),
  hostileText,
  fc.constantFrom<unknown>(null, true, 0, -1, 0.5, 1e308, Number.MAX_SAFE_INTEGER + 2, [], {}, [[]], [null], {
    type: 'text',
  }),
);

function nested(depth: number, open: string, close: string): string {
  return open.repeat(depth) + close.repeat(depth);
}

/** Bodies that aren’t the JSON that a route wants, and mostly no JSON at all. */
export const hostileBody: fc.Arbitrary<string | Uint8Array<ArrayBuffer>> = fc.oneof(
  fc.constantFrom(
    '',
    ' ',
    '{',
    '{"messages":',
    '[]',
    'null',
    '0',
    '"x"',
    '{}{}',
    '{"a":1,}',
    "{'a':1}",
    '\ufeff{}',
  ),
  fc.constantFrom(
    nested(20_000, '[', ']'),
    nested(5_000, '{"messages":[', ']}'),
    '['.repeat(30_000),
    `{"messages":[{"role":"user","content":"${'x'.repeat(30_000)}"}]}`,
    '{"messages":[{"role":"user","content":"a\u0000b"}]}',
    '{"__proto__":{"messages":[]},"constructor":{"prototype":{}}}',
    '{"messages":[{"role":"user","content":"\\ud800"}],"model":"docent","input":"\\udfff"}',
  ),
  fc.uint8Array({ maxLength: 200 }).map((bytes) => Uint8Array.from(bytes)),
  // Invalid UTF-8 inside of JSON that is well otherwise.
  fc
    .uint8Array({ minLength: 1, maxLength: 8 })
    .map((bytes) =>
      Uint8Array.from([
        ...new TextEncoder().encode('{"model":"docent","messages":[{"role":"user","content":"RMM'),
        ...bytes,
        ...new TextEncoder().encode('"}]}'),
      ]),
    ),
  hostileValue.map((value) => JSON.stringify(value) ?? ''),
);

const headerValues: Record<string, fc.Arbitrary<string>> = {
  'content-type': fc.constantFrom(
    'application/json',
    'text/plain',
    'application/json; charset=utf-16',
    'multipart/form-data',
    'x',
    '',
  ),
  accept: fc.constantFrom(
    '*/*',
    'text/html',
    'text/event-stream',
    'application/json, text/event-stream',
    'x',
  ),
  'accept-encoding': fc.constantFrom('gzip', 'br', 'identity;q=0', 'x'),
  origin: fc.constantFrom('https://evil.example', 'null', 'x', 'http://localhost'),
  host: fc.constantFrom('localhost', 'evil.example', '[::1]:80', 'a'.repeat(300)),
  'sec-fetch-site': fc.constantFrom('cross-site', 'same-origin', 'none', 'x'),
  authorization: fc.constantFrom('Bearer', 'Bearer x', 'Basic eDp4', 'Bearer \xff', ''),
  cookie: fc.constantFrom('docent=x', 'docent=%', '=;=;', 'x'.repeat(5_000)),
  'content-length': fc.constantFrom('0', '-1', '99999999999', 'x'),
  range: fc.constantFrom('bytes=0-', 'bytes=9-1'),
  'x-forwarded-proto': fc.constantFrom('https', 'x'),
  'x-forwarded-host': fc.constantFrom('evil.example', '%'),
  'x-request-id': fc.constantFrom('x', '\xe9'.repeat(300)),
  'mcp-protocol-version': fc.constantFrom('2025-06-18', '1'),
  'mcp-session-id': fc.constantFrom('x', ''),
  'last-event-id': fc.constantFrom('0', 'x'),
};

/** A few headers at a time, so that one’s refusal doesn’t always hide the others. */
export const hostileHeaders: fc.Arbitrary<Record<string, string>> = fc
  .uniqueArray(
    fc.oneof(...Object.entries(headerValues).map(([name, values]) => fc.tuple(fc.constant(name), values))),
    {
      maxLength: 3,
      selector: ([name]) => name,
    },
  )
  .map((headers) => Object.fromEntries(headers));
