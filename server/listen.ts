import { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer, type ServerType } from '@hono/node-server';
import { DocentError } from '../knowledge/errors.ts';
import { cutsIdleConnections } from './idle-connections.ts';

/** How long a client may take, in ms. */
export type ClientTimes = {
  readonly headers: number;
  /** Headers and body. */
  readonly request: number;
  /** Between looks at the two. */
  readonly check: number;
  /** Without taking anything of what is sent. */
  readonly stalled: number;
  /** Between an answer and the next request on the same connection. */
  readonly idle: number;
};

/** A browser sends its headers in one go, and a body of the largest size in a second or two. */
const TIMES: ClientTimes = {
  headers: 10_000,
  request: 30_000,
  check: 5_000,
  stalled: 60_000,
  idle: 5_000,
};

export type Listener = {
  /** Address to open in a browser. */
  readonly url: string;
  /** Takes no more connections, lets answers finish for so many milliseconds, then cuts them. */
  close(grace: number): Promise<void>;
};

/** Serves an app. Throws `DocentError` `port_in_use` or `bad_config` when the address can't be had. */
export async function listen(
  app: { readonly fetch: Parameters<typeof createAdaptorServer>[0]['fetch'] },
  { port, host, times = TIMES }: { port: number; host: string; times?: ClientTimes },
): Promise<Listener> {
  const server = createAdaptorServer({
    fetch: app.fetch,
    serverOptions: {
      headersTimeout: times.headers,
      requestTimeout: times.request,
      connectionsCheckingInterval: times.check,
      keepAliveTimeout: times.idle,
      // Ends connections whose other side has vanished without a word.
      keepAlive: true,
      keepAliveInitialDelay: times.stalled,
    },
  });
  let cutIdle = (): void => {};
  if (server instanceof Server) {
    cutIdle = cutsIdleConnections(server);
    server.setTimeout(times.stalled);
    // Who listens here keeps the connection, and nobody listens between answers. With nothing left to send it is we
    // who are slow, or the model behind us.
    server.on('request', (_, response) => {
      response.on('timeout', (socket) => {
        if (socket.writableLength > 0) socket.destroy();
      });
    });
  }
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => reject(listenError(cause, port, host)));
    server.listen(port, host, resolve);
  });
  return { url: urlOf(server.address(), host), close: (grace) => close(server, grace, cutIdle) };
}

async function close(server: ServerType, grace: number, cutIdle: () => void): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  if (!(server instanceof Server)) return closed;
  const cut = setTimeout(() => server.closeAllConnections(), grace);
  // Connections are kept for a next request, which is not to come.
  cutIdle();
  await closed;
  clearTimeout(cut);
}

function listenError(cause: NodeJS.ErrnoException, port: number, host: string): DocentError {
  if (cause.code === 'EADDRINUSE') {
    return new DocentError(
      'port_in_use',
      `Port ${port} on ${host} is in use. Stop the other program, or choose another port: PORT=${port + 1} npm start`,
      { cause },
    );
  }
  const reasons: Record<string, string> = {
    EACCES: `Port ${port} needs more rights than this process has. Choose one above 1023: PORT=3000 npm start`,
    EADDRNOTAVAIL: `HOST "${host}" is not an address of this machine. Use 127.0.0.1, or 0.0.0.0 for all.`,
    ENOTFOUND: `HOST "${host}" is not known. Use 127.0.0.1, or 0.0.0.0 for all.`,
  };
  const message =
    reasons[cause.code ?? ''] ?? `Can't listen on ${host}, port ${port} (${cause.code ?? 'unknown'}).`;
  return new DocentError('bad_config', message, { cause });
}

function urlOf(address: AddressInfo | string | null, host: string): string {
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const name = host === '0.0.0.0' || host === '::' ? 'localhost' : host;
  return `http://${name.includes(':') ? `[${name}]` : name}:${port}`;
}
