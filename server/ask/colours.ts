import { styleText } from 'node:util';

type Style = Parameters<typeof styleText>[0];

/** How the command writes: with a terminal's colours and links, or as plain text. */
export type Paint = {
  readonly coloured: boolean;
  style(style: Style, text: string): string;
  /** Text that opens an address when clicked, where a terminal can do that. */
  link(text: string, address: string): string;
};

export const PLAIN: Paint = { coloured: false, style: (_style, text) => text, link: (text) => text };

export const COLOURED: Paint = {
  coloured: true,
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
