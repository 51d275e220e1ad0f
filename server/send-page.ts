import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Context } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { DocentError } from '../knowledge/errors.ts';

export type Page = {
  /** Name in the folder of the built client. */
  readonly file: string;
  readonly status?: ContentfulStatusCode;
  readonly cacheControl?: string;
};

/** A page of the built web client. Throws `not_found` where there is none. */
export async function sendPage(
  context: Context,
  webDir: string,
  { file, status = 200, cacheControl = 'no-cache' }: Page,
): Promise<Response> {
  try {
    const html = await readFile(join(webDir, file), 'utf8');
    return context.html(html, status, { 'cache-control': cacheControl });
  } catch (cause) {
    throw new DocentError('not_found', 'The web client is not built. Run: npm run build', { cause });
  }
}
