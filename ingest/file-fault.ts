import { DocentError } from '../knowledge/errors.ts';
import type { FailedFile } from './find-files.ts';
import type { Place } from './places.ts';

/** Why a file can't be read, in the words of a finding. */
export type FaultRule = 'not-utf8' | 'not-text' | 'not-mdx' | 'file-name' | 'unreadable';

/** What is told of a file that can't be read. */
export function failedFile(path: string, error: DocentError): FailedFile {
  const { rule, place }: Partial<FileFault> = error instanceof FileFault ? error : {};
  return { path, message: error.message, ...(rule ? { rule } : {}), ...(place ? { place } : {}) };
}

/** A fault of one file; the other files can do without it. */
export class FileFault extends DocentError {
  readonly rule: FaultRule;
  readonly place: Place | undefined;
  constructor(rule: FaultRule, message: string, { place, cause }: { place?: Place; cause?: unknown } = {}) {
    super('file_unreadable', message, { cause });
    this.rule = rule;
    this.place = place;
  }
}
