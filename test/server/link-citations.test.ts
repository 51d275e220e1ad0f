import { describe, expect, test } from 'vitest';
import { makeCitationLinker, makePageLinker } from '../../server/link-citations.ts';

const docs = 'http://docent.test/docs/';

/** Links 1 to 9; each page tells the offset that it was asked for. */
function linked(pieces: readonly string[]) {
  const linker = makeCitationLinker({
    docs,
    addressAt: (n, at) => (n < 10 ? `${docs}${n}.md?q=${at}` : undefined),
  });
  const text = pieces.map((piece) => linker.push(piece)).join('') + linker.flush();
  return { text, links: linker.links() };
}

test('a marker becomes a link to its page', () => {
  const { text, links } = linked(['It watches. [1][2]']);
  expect(text).toBe(
    'It watches. [1](http://docent.test/docs/1.md?q=12)[2](http://docent.test/docs/2.md?q=15)',
  );
  expect(links.map(({ start, end }) => text.slice(start, end))).toEqual([
    '[1](http://docent.test/docs/1.md?q=12)',
    '[2](http://docent.test/docs/2.md?q=15)',
  ]);
});

test('the docs’ links among themselves become absolute', () => {
  expect(linked(['See [the PSA](/docs/psa.md#time) and [us](https://example.com/docs/).']).text).toBe(
    'See [the PSA](http://docent.test/docs/psa.md#time) and [us](https://example.com/docs/).',
  );
});

test('where no pages are served, they lead to the file, and markers stay', () => {
  const linker = makePageLinker('');
  expect(linker.push('[1] See [the PSA](/docs/a/psa.md#time), `](/docs/`') + linker.flush()).toBe(
    '[1] See [the PSA](a/psa.md#time), `](/docs/`',
  );
});

test.each([
  ['a number that cites nothing', 'In [2023] and [12].'],
  ['an escaped bracket', 'Not \\[1] a citation.'],
  ['inline code', 'Take `list[1]` and ``a`[1]``.'],
  ['a fence', '```sh\necho [1] [x](/docs/x.md)\n```\n'],
  ['a fence in a list', '- first\n  ~~~\n  [1]\n  ~~~\n'],
  ['another bracket', '[x] [1, 2] [] [ 1 ]'],
])('%s stays as it is', (_, text) => {
  expect(linked([text])).toEqual({ text, links: [] });
});

test('an open backtick hides markers to the end of its paragraph only', () => {
  expect(linked(['a ` b [1]\n\nc [2]']).text).toBe('a ` b [1]\n\nc [2](http://docent.test/docs/2.md?q=13)');
});

describe('however it is cut', () => {
  const whole =
    'A 🧭 says [1]. Code `[2]`, see [x](/docs/a.md) [3][4]\n\n```\n[5]\n```\n\n\\[6] [77] ends [7]';
  const expected = linked([whole]);

  test('into two, the whole is the same', () => {
    for (let at = 0; at <= whole.length; at++) {
      expect(linked([whole.slice(0, at), whole.slice(at)])).toEqual(expected);
    }
  });

  test('into single units, the whole is the same, and no piece ends in a link', () => {
    expect(linked(whole.split(''))).toEqual(expected);
    const linker = makeCitationLinker({ docs, addressAt: (n) => (n < 10 ? `${docs}${n}.md` : undefined) });
    const ends: number[] = [];
    let length = 0;
    for (const unit of whole) {
      length += linker.push(unit).length;
      ends.push(length);
    }
    expect(linker.links()).toHaveLength(4);
    for (const { start, end } of linker.links()) {
      expect(ends.filter((at) => start < at && at < end)).toEqual([]);
    }
  });
});
