import { firstFrom } from './first-from.ts';

/** A place as editors count it: both from 1, columns in UTF-16 units, a byte order mark not counted. */
export type Place = { readonly line: number; readonly column: number };

/** Offsets at which the lines of a text begin; they end as `ending` says. */
export function lineStarts(text: string, ending = /\r\n|\n|\r/g): number[] {
  return [0, ...Array.from(text.matchAll(ending), (match) => match.index + match[0].length)];
}

/** Index of the line that holds an offset. */
export function lineAt(starts: readonly number[], offset: number): number {
  return firstFrom(starts, offset + 1, (start) => start) - 1;
}

/** The places of a text's offsets. */
export function makePlaces(text: string): (offset: number) => Place {
  const starts = lineStarts(text);
  const mark = text.startsWith('\uFEFF') ? 1 : 0;
  return (offset) => {
    const line = lineAt(starts, offset);
    const start = line === 0 ? mark : (starts[line] ?? 0);
    return { line: line + 1, column: Math.max(offset - start, 0) + 1 };
  };
}
