import type { ParsedDocument } from '../parse-sections.ts';

/** Something in a file that readers will stumble over; `line` and `column` count from 1. */
export type Finding = {
  readonly path: string;
  readonly line: number;
  readonly column: number;
  readonly rule: string;
  readonly severity: 'error' | 'warning';
  readonly message: string;
};

/** A finding of a rule: where in the source it is, in UTF-16 offsets. */
export type Spotted = Omit<Finding, 'path' | 'line' | 'column'> & { readonly at: number };

/** Looks at one document by itself. */
export type Rule = (document: ParsedDocument) => Spotted[];

/** Turns offsets of a source into findings of its file. */
export function locate(path: string, source: string, spotted: readonly Spotted[]): Finding[] {
  return spotted.map(({ at, ...finding }) => {
    const before = source.slice(0, at).split(/\r\n|\n|\r/);
    return { path, line: before.length, column: (before.at(-1)?.length ?? 0) + 1, ...finding };
  });
}

/** By path, then by place. */
export function byPlace(a: Finding, b: Finding): number {
  if (a.path !== b.path) return a.path < b.path ? -1 : 1;
  return a.line - b.line || a.column - b.column;
}
