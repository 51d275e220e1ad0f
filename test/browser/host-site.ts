import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';

/** A site of another origin than Docent's, with pages that have the widget. */
export type HostSite = {
  readonly origin: string;
  close(): Promise<void>;
};

const pages = fileURLToPath(new URL('../fixtures/widget/', import.meta.url));

/**
 * Serves the pages of test/fixtures/widget at `/NAME`. The query says where Docent is (`docent`) and gives the
 * script's attributes (`data-...`); a `csp` of it is sent as the page's policy.
 */
export async function startHostSite(): Promise<HostSite> {
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://host.invalid');
    if (!/^\/\w+$/.test(url.pathname)) {
      response.writeHead(204).end();
      return;
    }
    const attributes = [...url.searchParams]
      .filter(([name]) => name.startsWith('data-'))
      .map(([name, value]) => `${name}="${value.replaceAll('"', '&quot;')}"`);
    const html = readFileSync(`${pages}${url.pathname.slice(1)}.html`, 'utf8')
      .replaceAll('{{docent}}', url.searchParams.get('docent') ?? '')
      .replaceAll('{{attributes}}', attributes.join(' '));
    const csp = url.searchParams.get('csp');
    response.setHeader('content-type', 'text/html; charset=utf-8');
    if (csp) response.setHeader('content-security-policy', csp);
    response.end(html);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
