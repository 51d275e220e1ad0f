/** Control characters but tab and newline: C0, DEL and C1. */
const CONTROLS = /(?![\t\n])\p{Cc}/gu;

/** Text that a terminal only shows: without the characters that it would take for commands, as escapes begin with. */
export function printable(text: string): string {
  return text.replace(CONTROLS, '');
}

/** A value as JSON in which no such character stands as it is; JSON itself escapes only those of C0. */
export function printableJson(value: unknown): string {
  return JSON.stringify(value).replace(
    CONTROLS,
    (control) => `\\u${control.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
