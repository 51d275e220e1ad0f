import { existsSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { serveStatic } from '@hono/node-server/serve-static';
import { type Context, Hono, type MiddlewareHandler } from 'hono';
import { etag } from 'hono/etag';
import type { StoreReader } from '../../knowledge/snapshot.ts';
import { type AppEnv, type Audiences, askerOf } from '../asker.ts';
import { sendPage } from '../send-page.ts';
import { pathBelow } from './docs.ts';

/** Vite puts a content hash into the names of what it writes here, but for the widget's panel. */
const HASHED = /^\/assets\/(?!widget-panel\.js$)/;
const FOREVER = 'public, max-age=31536000, immutable';
/** Every page of another site that has the widget asks for its script; the panel must be as new as what it asks. */
const TEN_MINUTES = 'public, max-age=600';

/**
 * The built web client: its files, and its one page for `/`, `/gaps` and `/docs/PATH`. An unknown document gets
 * the page too, which explains, but with status 404.
 */
export function webRoute({ webDir, store }: { webDir: string; store: StoreReader }): Hono<AppEnv> {
  const page = (context: Context, status: 200 | 403 | 404, file = 'index.html') =>
    sendPage(context, webDir, { file, status });

  async function isKnown(path: string | undefined, audiences: Audiences): Promise<boolean> {
    if (path === undefined) return false;
    try {
      return (await (await store.current(audiences)).document(path)) !== undefined;
    } catch {
      // The page tells what is wrong with the index better than a bare error would.
      return true;
    }
  }

  let serveFile: MiddlewareHandler | undefined;
  const file: MiddlewareHandler = async (context, next) => {
    if (!existsSync(webDir) || leadsOut(webDir, context.req.path)) return next();
    // Made late: the handler complains on the console when its folder doesn't exist yet.
    serveFile ??= serveStatic({ root: webDir });
    const response = await serveFile(context, next);
    if (response instanceof Response) response.headers.set('cache-control', keptFor(context.req.path));
    return response;
  };

  return new Hono<AppEnv>()
    .get('/', (context) => page(context, 200))
    .get('/gaps', (context) => page(context, 200))
    .get('/api', (context) => page(context, 200, 'reference.html'))
    .get('/status', (context) =>
      page(context, askerOf(context).audiences === 'all' ? 200 : 403, 'status.html'),
    )
    .get('/docs', (context) => page(context, 200))
    .get('/docs/*', async (context) => {
      const { path } = context.req;
      const known =
        path === '/docs/' || (await isKnown(pathBelow(path, '/docs/'), askerOf(context).audiences));
      return page(context, known ? 200 : 404);
    })
    .get('/*', etag(), file);
}

/** Whether a link leads out of the folder. */
function leadsOut(folder: string, path: string): boolean {
  const file = join(folder, path);
  return existsSync(file) && !realpathSync(file).startsWith(realpathSync(folder));
}

function keptFor(path: string): string {
  if (HASHED.test(path)) return FOREVER;
  return path === '/widget.js' ? TEN_MINUTES : 'no-cache';
}
