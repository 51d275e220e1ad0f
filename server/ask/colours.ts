import { styleText } from 'node:util';
import type { Paint } from '../proof-text.ts';

/** A terminal's colours and links. */
export const COLOURED: Paint = {
  style: (style, text) => styleText(style, text),
  link: (text, address) => `\u001b]8;;${address}\u001b\\${text}\u001b]8;;\u001b\\`,
};

/** Whether to write in colour: `FORCE_COLOR`, else not with `NO_COLOR`, else as the terminal can. */
export function wantsColour(
  env: Readonly<Record<string, string | undefined>>,
  terminal: { readonly isTTY?: boolean },
): boolean {
  const { FORCE_COLOR: forced, NO_COLOR: refused, TERM } = env;
  if (forced !== undefined) return forced !== '0' && forced !== 'false';
  return !refused && terminal.isTTY === true && TERM !== 'dumb';
}
