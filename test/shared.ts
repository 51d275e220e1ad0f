import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/**
 * Path of a folder or file in `../shared`, test material too large for the repository; undefined where
 * it is absent. Tests that need it skip and say so.
 */
export function shared(name: string): string | undefined {
  const path = fileURLToPath(new URL(`../../shared/${name}`, import.meta.url));
  return existsSync(path) ? path : undefined;
}
