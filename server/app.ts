import { Hono } from 'hono';
import { compress } from 'hono/compress';
import { HTTPException } from 'hono/http-exception';
import { asDocentError, DocentError } from '../knowledge/errors.ts';
import type { StoreReader } from '../knowledge/snapshot.ts';
import { type GateDeps, gate } from './access/gate.ts';
import { signInRoute } from './access/sign-in.ts';
import type { Answer } from './answer/answer.ts';
import { ANYBODY, type AppEnv } from './asker.ts';
import { toErrorBody } from './error-status.ts';
import type { Info } from './events.ts';
import type { Gaps } from './gaps/gaps.ts';
import type { Log } from './log.ts';
import { chatRoute } from './routes/chat.ts';
import { docsRoute } from './routes/docs.ts';
import { feedbackRoute } from './routes/feedback.ts';
import { gapsRoute } from './routes/gaps.ts';
import { healthRoute } from './routes/health.ts';
import { infoRoute } from './routes/info.ts';
import { type Search, searchRoute } from './routes/search.ts';
import { sectionsRoute } from './routes/sections.ts';
import { webRoute } from './routes/web.ts';
import { securityHeaders } from './security-headers.ts';

export type AppDeps = {
  readonly answer: Answer;
  readonly search: Search;
  readonly info: () => Promise<Info>;
  readonly store: StoreReader;
  /** Folder of the built web client. */
  readonly webDir: string;
  readonly log: Log;
  /** Undefined where ratings and open questions aren't kept. */
  readonly gaps?: Gaps | undefined;
  /** Who is let in; anybody when absent. */
  readonly access?: GateDeps | undefined;
};

export type App = Hono<AppEnv>;

/** The whole of Docent over HTTP, without a listener. Every fault becomes `{ code, message }`. */
export function makeApp(deps: AppDeps): App {
  const app = new Hono<AppEnv>();
  app.use(securityHeaders());
  app.use(compress());
  app.use(gate(deps.access ?? { anonymous: ANYBODY }));
  app.use('/api/*', async (context, next) => {
    await next();
    if (!context.res.headers.has('cache-control')) context.header('cache-control', 'no-store');
  });
  app.route('/', healthRoute(deps));
  if (deps.access?.tokens) app.route('/', signInRoute({ tokens: deps.access.tokens, webDir: deps.webDir }));
  app.route('/api/chat', chatRoute(deps));
  app.route('/api/search', searchRoute(deps));
  app.route('/api/docs', docsRoute(deps));
  app.route('/api/sections', sectionsRoute(deps));
  app.route('/api/feedback', feedbackRoute(deps));
  app.route('/', gapsRoute(deps));
  app.route('/api/info', infoRoute(deps));
  app.route('/', webRoute(deps));
  app.notFound((context) => {
    const { status, body } = toErrorBody(
      new DocentError('not_found', `There is nothing at ${context.req.method} ${context.req.path}.`),
    );
    return context.json(body, status);
  });
  app.onError((cause, context) => {
    const error = asDocentError(cause instanceof HTTPException ? fromMiddleware(cause) : cause);
    const { status, body } = toErrorBody(error);
    if (status >= 500) deps.log.error(error);
    return context.json(body, status);
  });
  return app;
}

/** What Hono's own middleware refuses. */
function fromMiddleware(refusal: HTTPException): unknown {
  if (refusal.status >= 500) return refusal;
  return refusal.status === 403
    ? new DocentError('forbidden', 'This is taken from this server’s own pages only.', { cause: refusal })
    : new DocentError('bad_request', refusal.message || 'The request can’t be read.', { cause: refusal });
}
