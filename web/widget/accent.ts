/** Values of custom properties by their names. */
export type Tokens = Readonly<Record<string, string>>;

/** Red, green and blue, 0 to 255. */
type Colour = readonly [number, number, number];
const white: Colour = [255, 255, 255];
const black: Colour = [0, 0, 0];
/** `--surface` of styles/tokens.css, light and dark. */
const lightGround = white;
const darkGround: Colour = [30, 32, 29];
/** WCAG 2.2, 1.4.3. */
const legible = 4.5;

/**
 * The client's accent tokens made of one colour, `#rgb` or `#rrggbb`; undefined for anything else. Darkened on
 * light ground and lightened on dark until it can be read as text.
 */
export function accentTokens(hex: string): Tokens | undefined {
  const colour = parse(hex.trim());
  if (!colour) return undefined;
  const light = makeLegible(colour, lightGround, black);
  const dark = makeLegible(colour, darkGround, white);
  const both = (value: (shade: Shade) => Colour) => `light-dark(${css(value(light))},${css(value(dark))})`;
  return {
    '--accent': both(({ accent }) => accent),
    '--accent-hover': both(({ accent, on }) => mix(accent, on === white ? black : white, 0.18)),
    '--accent-soft': both(({ soft }) => soft),
    '--on-accent': both(({ on }) => on),
  };
}

type Shade = { readonly accent: Colour; readonly soft: Colour; readonly on: Colour };

function makeLegible(colour: Colour, ground: Colour, towards: Colour): Shade {
  const soft = mix(ground, colour, 0.12);
  let accent = colour;
  for (let step = 1; step <= 20 && contrast(accent, soft) < legible; step++) {
    accent = mix(colour, towards, step / 20);
  }
  return { accent, soft, on: contrast(accent, white) >= contrast(accent, black) ? white : black };
}

function parse(hex: string): Colour | undefined {
  if (!/^#(?:[\da-f]{3}|[\da-f]{6})$/i.test(hex)) return undefined;
  const digits = hex.length === 4 ? hex.replace(/[\da-f]/gi, '$&$&') : hex;
  const value = Number.parseInt(digits.slice(1), 16);
  return [value >> 16, (value >> 8) & 255, value & 255];
}

function mix(from: Colour, to: Colour, share: number): Colour {
  const part = (a: number, b: number) => Math.round(a + (b - a) * share);
  return [part(from[0], to[0]), part(from[1], to[1]), part(from[2], to[2])];
}

/** WCAG's contrast ratio, 1 to 21. */
export function contrast(a: Colour, b: Colour): number {
  const [x, y] = [luminance(a), luminance(b)];
  return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05);
}

function luminance(colour: Colour): number {
  const [red, green, blue] = colour.map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * (red ?? 0) + 0.7152 * (green ?? 0) + 0.0722 * (blue ?? 0);
}

function css(colour: Colour): string {
  return `rgb(${colour.join(' ')})`;
}
