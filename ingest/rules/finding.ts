import type { FileText } from '../file-text.ts';
import type { ParsedDocument } from '../parse-sections.ts';
import { makePlaces } from '../places.ts';

/** Something in a file that readers will stumble over; `line` and `column` count from 1. */
export type Finding = {
  readonly path: string;
  readonly line: number;
  readonly column: number;
  readonly rule: string;
  readonly severity: 'error' | 'warning';
  readonly message: string;
};

/** A finding of a rule: where it is, in UTF-16 offsets of the source or, with `inFile`, of the file itself. */
export type Spotted = Pick<Finding, 'rule' | 'severity'> & {
  readonly at: number;
  readonly inFile?: boolean;
  /** May name the lines of other offsets of the source. */
  readonly message: string | ((lineOf: (at: number) => number) => string);
};

/** Looks at one document by itself. */
export type Rule = (document: ParsedDocument, text: FileText) => Spotted[];

/** Turns what rules spotted into findings of the file. */
export function locate(
  path: string,
  { lines, lineOffset }: Pick<FileText, 'lines' | 'lineOffset'>,
  spotted: readonly Spotted[],
): Finding[] {
  if (spotted.length === 0) return [];
  const placeIn = makePlaces(lines);
  const lineOf = (at: number) => placeIn(lineOffset(at)).line;
  return spotted.map(({ at, inFile, rule, severity, message }) => ({
    path,
    ...placeIn(inFile ? at : lineOffset(at)),
    rule,
    severity,
    message: typeof message === 'string' ? message : message(lineOf),
  }));
}

/** By path, then by place. */
export function byPlace(a: Finding, b: Finding): number {
  if (a.path !== b.path) return a.path < b.path ? -1 : 1;
  return a.line - b.line || a.column - b.column;
}
