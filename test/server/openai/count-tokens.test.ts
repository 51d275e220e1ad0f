import { describe, expect, test } from 'vitest';
import { makeBound } from '../../../server/openai/count-tokens.ts';

/** A token for each word. */
const count = (text: string) => text.match(/\S+/g)?.length ?? 0;

function bounded(most: number, pieces: readonly string[]) {
  const bound = makeBound(count, most);
  const text = pieces.map((piece) => bound.cut(piece)).join('') + bound.end();
  return { text, full: bound.full() };
}

describe('a bound of tokens', () => {
  const whole = 'See (**[the RMM \\] agent](/docs/a.md#b)**) and [1](/docs/c.md), list [x y] ends [here';

  test.each([
    [1, 'See'],
    [4, 'See'],
    [5, 'See (**[the RMM \\] agent](/docs/a.md#b)**)'],
    [7, 'See (**[the RMM \\] agent](/docs/a.md#b)**) and [1](/docs/c.md),'],
  ])('of %d leaves links whole', (most, left) => {
    expect(bounded(most, [whole])).toEqual({ text: left, full: true });
    for (let at = 1; at < whole.length; at++) {
      expect(bounded(most, [whole.slice(0, at), whole.slice(at)]), `cut at ${at}`).toEqual({
        text: left,
        full: true,
      });
    }
    expect(bounded(most, [...whole])).toEqual({ text: left, full: true });
  });

  test('that isn’t reached leaves all', () => {
    expect(bounded(100, [whole])).toEqual({ text: whole, full: false });
    expect(bounded(100, [...whole])).toEqual({ text: whole, full: false });
  });
});
