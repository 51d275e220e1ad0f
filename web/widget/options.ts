import { accentTokens, type Tokens } from './accent.ts';
import { words } from './words.ts';

/** How a page wants the widget, by the `data-` attributes of its script. */
export type WidgetOptions = {
  /** Origin that the script came from: Docent's. */
  readonly origin: string;
  readonly title: string;
  readonly greeting: string;
  readonly position: 'right' | 'left';
  readonly theme: 'auto' | 'light' | 'dark';
  /** Tokens that stand in for the client's own green; undefined keeps it. */
  readonly accent: Tokens | undefined;
  /** Whether the panel opens by itself, where it doesn't cover the page. */
  readonly open: boolean;
  /** Access token, for a Docent that asks for one. */
  readonly token: string | undefined;
};

/** The options in a script's address and attributes. What is missing or can't be read counts as not given. */
export function readOptions(src: string, data: Readonly<Record<string, string | undefined>>): WidgetOptions {
  const { title, greeting, position, theme, accent, open, token } = data;
  return {
    origin: new URL(src).origin,
    title: title?.trim() || words.title,
    greeting: greeting?.trim() || words.greeting,
    position: position === 'left' ? 'left' : 'right',
    theme: theme === 'light' || theme === 'dark' ? theme : 'auto',
    accent: accent === undefined ? undefined : accentTokens(accent),
    open: open !== undefined && open !== 'false',
    token: token?.trim() || undefined,
  };
}
