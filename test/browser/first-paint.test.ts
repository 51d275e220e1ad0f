import { expect, it } from 'vitest';
import { launch, openPage, skipReason } from './browser.ts';
import { shippedDocuments } from './corpus.ts';
import { startFakeServer } from './fake-server.ts';
import { rmmQuestion, writtenAnswer } from './scripts.ts';

/** Lighthouse's "slow 4G" and a phone a quarter as fast as this machine. Bytes per second, ms. */
const slow4g = { offline: false, latency: 150, downloadThroughput: 204_800, uploadThroughput: 96_000 };
const slowdown = 4;

it.skipIf(skipReason)(
  'a first visit on a slow phone: few bytes, and an answer after one action',
  async () => {
    const browser = await launch();
    const server = await startFakeServer({ documents: await shippedDocuments() });
    server.answerWith(writtenAnswer(server.documents));
    const { page, faults, strays } = await openPage(browser, server.url, {
      viewport: { width: 390, height: 844 },
    });
    const devtools = await page.context().newCDPSession(page);
    await devtools.send('Network.enable');
    await devtools.send('Network.emulateNetworkConditions', slow4g);
    await devtools.send('Emulation.setCPUThrottlingRate', { rate: slowdown });
    const requests: string[] = [];
    let bytes = 0;
    page.on('request', (request) => requests.push(new URL(request.url()).pathname));
    devtools.on('Network.loadingFinished', (event) => {
      bytes += event.encodedDataLength;
    });

    await page.goto('/');
    await page.getByRole('button', { name: rmmQuestion }).waitFor();
    const paint = await page.evaluate(
      () => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0,
    );
    console.log(
      `first visit, slow 4G and ${slowdown}x slower CPU: first paint ${Math.round(paint)} ms, ${requests.length} requests, ${(bytes / 1000).toFixed(1)} kB`,
    );
    expect(paint).toBeGreaterThan(0);
    expect(requests.map((path) => path.replace(/-[\w-]{8}\./, '-HASH.')).sort()).toEqual([
      '/',
      '/api/info',
      '/assets/favicon-HASH.svg',
      '/assets/index-HASH.css',
      '/assets/index-HASH.js',
      // Shared with the sign-in form and the reference of the API.
      '/assets/shared-HASH.js',
    ]);
    await page.getByRole('button', { name: rmmQuestion }).click();
    await page.locator('.verdict').waitFor();
    expect([faults, strays]).toEqual([[], []]);
    await browser.close();
    await server.close();
  },
);
