import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/**
 * Path of something that is shared beside the repository (`../shared`), such as the real handbooks.
 * `there` is false where a clone stands alone: skip what needs it, with `why` in the title.
 */
export function shared(path: string): {
  readonly path: string;
  readonly there: boolean;
  readonly why: string;
} {
  const found = fileURLToPath(new URL(`../../shared/${path}`, import.meta.url));
  const there = existsSync(found);
  return { path: found, there, why: there ? '' : ` (skipped: ../shared/${path} is not here)` };
}
