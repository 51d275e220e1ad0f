import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeSseParser, type SseMessage } from '../../../web/api/sse.ts';

function parse(bytes: Uint8Array, cuts: readonly number[]): SseMessage[] {
  const parser = makeSseParser();
  const borders = [0, ...[...cuts].sort((a, b) => a - b), bytes.length];
  return borders.slice(1).flatMap((end, index) => parser.push(bytes.slice(borders[index], end)));
}

const text =
  '\uFEFF: hello\nevent: delta\ndata: {"text":"Größe 🙂"}\n\ndata: a\ndata:b\r\n\r\nevent: done\rdata: {}\r\rdata: cut';
const bytes = new TextEncoder().encode(text);
const expected = [
  { event: 'delta', data: '{"text":"Größe 🙂"}' },
  { event: 'message', data: 'a\nb' },
  { event: 'done', data: '{}' },
];

describe('makeSseParser', () => {
  it('reads names, many data lines, comments and every kind of line ending', () => {
    expect(parse(bytes, [])).toEqual(expected);
  });

  it('reads the same whatever byte the stream is split at', () => {
    for (let cut = 0; cut <= bytes.length; cut++)
      expect(parse(bytes, [cut]), `cut at ${cut}`).toEqual(expected);
  });

  it('reads the same from pieces of any sizes', () => {
    const anyCuts = fc.array(fc.integer({ min: 0, max: bytes.length }));
    fc.assert(
      fc.property(anyCuts, (cuts) => {
        expect(parse(bytes, cuts)).toEqual(expected);
      }),
    );
  });

  it('gives nothing for an event without its blank line', () => {
    expect(parse(new TextEncoder().encode('event: done\ndata: {}\n'), [])).toEqual([]);
  });
});
