import { Hono, type MiddlewareHandler } from 'hono';
import { compress } from 'hono/compress';
import { HTTPException } from 'hono/http-exception';
import { requestId } from 'hono/request-id';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { Embedder } from '../knowledge/embedder.ts';
import { asDocentError, DocentError } from '../knowledge/errors.ts';
import type { StoreReader } from '../knowledge/snapshot.ts';
import { type GateDeps, gate } from './access/gate.ts';
import { onlyOwnNames } from './access/own-names.ts';
import { signInRoute } from './access/sign-in.ts';
import type { Answer } from './answer/answer.ts';
import { ANYBODY, type AppEnv } from './asker.ts';
import { isLoopback } from './config.ts';
import { toErrorBody } from './error-status.ts';
import type { Gaps } from './gaps/gaps.ts';
import { leftEarly } from './left-early.ts';
import type { AdmitTexts } from './limits/admit-texts.ts';
import { countQuestions, countRequests } from './limits/count-requests.ts';
import type { Limits } from './limits/limits.ts';
import type { Log } from './log.ts';
import { isMcpPath, toMcpError } from './mcp/mcp-fault.ts';
import { mcpRoute } from './mcp/mcp-route.ts';
import { isApiPath, toApiError } from './openai/api-fault.ts';
import { openAiRoute } from './openai/openai-route.ts';
import { methodsAt } from './openapi/methods-at.ts';
import { admitOrigins } from './origins.ts';
import { chatRoute } from './routes/chat.ts';
import { docsRoute } from './routes/docs.ts';
import { feedbackRoute } from './routes/feedback.ts';
import { gapsRoute } from './routes/gaps.ts';
import { healthRoute } from './routes/health.ts';
import { type InfoFor, infoRoute } from './routes/info.ts';
import { metricsRoute } from './routes/metrics.ts';
import { openApiRoute } from './routes/openapi.ts';
import { type Search, searchRoute } from './routes/search.ts';
import { sectionsRoute } from './routes/sections.ts';
import { statusRoute } from './routes/status.ts';
import { webRoute } from './routes/web.ts';
import { securityHeaders } from './security-headers.ts';
import type { StatusFor } from './status.ts';
import type { Metrics } from './watch/metrics.ts';
import { traceRequests } from './watch/trace-requests.ts';
import type { Traces } from './watch/traces.ts';
import { watchRequests } from './watch/watch-requests.ts';

export type AppDeps = {
  readonly answer: Answer;
  readonly search: Search;
  readonly info: InfoFor;
  readonly store: StoreReader;
  /** For OpenAI's API at `/v1`, which isn't there without. */
  readonly embedder?: Embedder | undefined;
  /** Address for links that leave Docent; the host asked when absent. */
  readonly publicUrl?: string | undefined;
  /** Name or address that it listens on, for MCP’s check of who was asked. */
  readonly host?: string | undefined;
  /** Folder of the built web client. */
  readonly webDir: string;
  readonly log: Log;
  /** Undefined where ratings and open questions aren't kept. */
  readonly gaps?: Gaps | undefined;
  /** Who is let in; anybody when absent. */
  readonly access?: GateDeps | undefined;
  /** Undefined: anybody may ask and send as much as they like. */
  readonly limits?: Limits | undefined;
  /** Undefined: texts of any number may be embedded. */
  readonly admitTexts?: AdmitTexts | undefined;
  /** Undefined: `/api/status` isn't there. */
  readonly status?: StatusFor | undefined;
  /** Undefined: `/metrics` isn't there. */
  readonly metrics?: Metrics | undefined;
  /** Undefined: nothing is traced. */
  readonly traces?: Traces | undefined;
  /** Origins whose pages may ask, beside Docent's own. */
  readonly allowedOrigins?: readonly string[] | undefined;
};

export type App = Hono<AppEnv>;

/**
 * The whole of Docent over HTTP, without a listener. Every fault becomes `{ code, message }`, below `/v1` OpenAI's error,
 * at `/mcp` JSON-RPC's.
 */
export function makeApp(deps: AppDeps): App {
  const app = new Hono<AppEnv>();
  app.use(requestId());
  if (deps.traces) app.use(traceRequests(deps.traces));
  app.use(watchRequests(deps.log, deps.metrics));
  app.use(securityHeaders());
  app.use(compress());
  // Before the gate: a browser that asks what it may send shows no token yet.
  for (const path of ['/api/*', '/v1/*']) app.use(path, admitOrigins(deps.allowedOrigins ?? []));
  if (deps.host !== undefined && isLoopback(deps.host) && !deps.access?.tokens)
    app.use(onlyOwnNames(deps.publicUrl));
  app.use(gate(deps.access ?? { anonymous: ANYBODY }, deps.limits));
  if (deps.limits) limitRequests(app, deps.limits);
  for (const path of ['/api/*', '/v1/*']) app.use(path, noStore);
  app.route('/', healthRoute(deps));
  if (deps.access?.tokens) app.route('/', signInRoute({ tokens: deps.access.tokens, webDir: deps.webDir }));
  app.route('/api/chat', chatRoute(deps));
  app.route('/api/search', searchRoute(deps));
  app.route('/api/docs', docsRoute(deps));
  app.route('/api/sections', sectionsRoute(deps));
  app.route('/api/feedback', feedbackRoute(deps));
  app.route('/', gapsRoute(deps));
  app.route('/api/info', infoRoute(deps));
  app.route('/api/status', statusRoute(deps));
  if (deps.embedder) app.route('/v1', openAiRoute({ ...deps, embedder: deps.embedder }));
  app.route(
    '/mcp',
    mcpRoute({ ...deps, answer: deps.limits ? countQuestions(deps.answer, deps.limits) : deps.answer }),
  );
  app.route('/', metricsRoute(deps));
  app.route('/', openApiRoute());
  app.route('/', webRoute(deps));
  app.notFound((context) => {
    const { method, path } = context.req;
    const methods = methodsAt(path);
    if (methods.length === 0 || methods.includes(method)) {
      throw new DocentError('not_found', `There is nothing at ${method} ${path}.`);
    }
    context.header('allow', methods.join(', '));
    throw new DocentError('method_not_allowed', `${path} takes ${methods[0]}, not ${method}.`);
  });
  app.onError((cause, context) => {
    const error = asDocentError(cause instanceof HTTPException ? fromMiddleware(cause) : cause);
    const { status, body } = toProtocolError(context.req.path, error);
    // Whoever left in the middle of their request did nothing that an operator has to look at.
    const left = status >= 500 ? leftEarly(context) : undefined;
    if (left !== undefined) return new Response(null, { status: left });
    if (status >= 500) deps.log.error(error, context.get('requestId'));
    if (error.retryAfter !== undefined) context.header('retry-after', String(error.retryAfter));
    return context.json(body, status);
  });
  return app;
}

/** A fault in the words of the protocol that is spoken at this address. */
function toProtocolError(path: string, error: DocentError): { status: ContentfulStatusCode; body: object } {
  if (isApiPath(path)) return toApiError(error);
  return isMcpPath(path) ? toMcpError(error) : toErrorBody(error);
}

const noStore: MiddlewareHandler = async (context, next) => {
  await next();
  if (!context.res.headers.has('cache-control')) context.header('cache-control', 'no-store');
};

/** Probes, and the client's own files: a page asks for many of them, and they cost next to nothing. */
const UNCOUNTED = /^\/(?:healthz|readyz|favicon\.svg|widget\.js|assets\/.*)$/;

/** Everything else that who asks sends is counted, and questions by themselves. */
function limitRequests(app: App, limits: Limits): void {
  const count = countRequests(limits, 'request');
  app.use((context, next) => (UNCOUNTED.test(context.req.path) ? next() : count(context, next)));
  for (const path of ['/api/chat', '/v1/chat/completions'])
    app.on('POST', path, countRequests(limits, 'question'));
  app.on('POST', '/sign-in', countRequests(limits, 'sign-in'));
}

/** What Hono's own middleware refuses. */
function fromMiddleware(refusal: HTTPException): unknown {
  if (refusal.status >= 500) return refusal;
  return refusal.status === 403
    ? new DocentError('forbidden', 'This is taken from this server’s own pages only.', { cause: refusal })
    : new DocentError('bad_request', refusal.message || 'The request can’t be read.', { cause: refusal });
}
