import { describe, expect, it } from 'vitest';
import { accentTokens, contrast } from '../../../web/widget/accent.ts';

type Colour = [number, number, number];

function coloursOf(token: string | undefined): [light: Colour, dark: Colour] {
  const found = [...(token ?? '').matchAll(/rgb\((\d+) (\d+) (\d+)\)/g)].map(
    ([, red, green, blue]): Colour => [Number(red), Number(green), Number(blue)],
  );
  const [light, dark] = found;
  if (!light || !dark) throw new Error(`No two colours in ${token}`);
  return [light, dark];
}

describe('accentTokens', () => {
  it('keeps a colour that can be read as it is', () => {
    expect(coloursOf(accentTokens('#14594f')?.['--accent'])[0]).toEqual([0x14, 0x59, 0x4f]);
    expect(coloursOf(accentTokens('#FC0')?.['--accent'])[1]).toEqual([255, 204, 0]);
  });

  it.each(['#000', '#fff', '#ffcc00', '#ff0000', '#808080', '#3b82f6', '#00ff88', '#1e201d', '#777777'])(
    'of %s makes text and buttons that can be read in light and dark',
    (hex) => {
      const tokens = accentTokens(hex);
      const [accents, softs, ons, hovers] = [
        '--accent',
        '--accent-soft',
        '--on-accent',
        '--accent-hover',
      ].map((name) => coloursOf(tokens?.[name]));
      for (const theme of [0, 1] as const) {
        const [accent, soft, on, hover] = [accents, softs, ons, hovers].map((pair) => pair?.[theme]);
        if (!accent || !soft || !on || !hover) throw new Error('a token is missing');
        expect(contrast(accent, soft)).toBeGreaterThanOrEqual(4.5);
        expect(contrast(on, accent)).toBeGreaterThanOrEqual(4.5);
        expect(contrast(on, hover)).toBeGreaterThanOrEqual(4.5);
      }
    },
  );

  it.each(['red', '', '#12', '#12345', '#1234567', 'rgb(1 2 3)', '#fff; } *', 'var(--x)', 'url(//evil)'])(
    'takes %j for no colour',
    (text) => expect(accentTokens(text)).toBeUndefined(),
  );
});
