/** Code that a run of backticks or tildes opened: a fence, or inline. */
export type Code = { readonly fence: boolean; readonly mark: string; readonly length: number };

/** What may stand before a code fence on its line: indentation, quote and list marks. */
const FENCE_PREFIX = /^[\s>*+\-\d.)]*$/;

/** Whether a run of so many marks opens or closes a fence behind `line`, the beginning of its line. */
export function isFence(line: string, marks: number): boolean {
  return marks >= 3 && FENCE_PREFIX.test(line);
}

/** The code we are in after a run of marks: a fence ends with its like, inline code with a run as long. */
export function nextCode(code: Code | undefined, marks: Code): Code | undefined {
  if (!code) return marks.fence || marks.mark === '`' ? marks : undefined;
  if (marks.mark !== code.mark) return code;
  const closes = code.fence ? marks.fence && marks.length >= code.length : marks.length === code.length;
  return closes ? undefined : code;
}

/** End of the characters from `from` on that belong together. */
export function runEnd(text: string, from: number, belongs: (character: string) => boolean): number {
  let end = from;
  while (end < text.length && belongs(text[end] ?? '')) end++;
  return end;
}
