/** Turns pieces of a text into pieces of another; `flush` ends the text and gives what was held back. */
export type TextTransform = { push(piece: string): string; flush(): string };

/** Length of the longest end of `text` that is a beginning of `word`, without being all of it. */
export function heldBackFor(word: string, text: string): number {
  for (let length = Math.min(word.length - 1, text.length); length > 0; length--) {
    if (text.endsWith(word.slice(0, length))) return length;
  }
  return 0;
}
