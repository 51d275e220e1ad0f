import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';

const built = fileURLToPath(new URL('../../dist/web', import.meta.url));

const isWidget = (name: string) => name.startsWith('widget-');

function gzippedKilobytes(ending: string, wanted = (name: string) => !isWidget(name)): number {
  const files = readdirSync(`${built}/assets`).filter((name) => name.endsWith(ending) && wanted(name));
  return (
    files.reduce((sum, name) => sum + gzipSync(readFileSync(`${built}/assets/${name}`)).length, 0) / 1000
  );
}

it('is small: all JavaScript together under 80 kB gzipped', () => {
  const script = gzippedKilobytes('.js');
  console.log(
    `web client, gzipped: ${script.toFixed(1)} kB JavaScript, ${gzippedKilobytes('.css').toFixed(1)} kB CSS`,
  );
  expect(script).toBeGreaterThan(0);
  expect(script).toBeLessThan(80);
});

it('the widget is under 15 kB before it is opened, not even gzipped, and asks for its panel by name', () => {
  const script = readFileSync(`${built}/widget.js`);
  const panel = gzippedKilobytes('.js', isWidget);
  console.log(
    `widget: ${(script.length / 1000).toFixed(1)} kB, gzipped ${(gzipSync(script).length / 1000).toFixed(1)} kB; its panel, gzipped ${panel.toFixed(1)} kB`,
  );
  expect(script.length).toBeLessThan(15_000);
  expect(script.toString()).toContain('/assets/widget-panel.js');
  expect(panel).toBeGreaterThan(0);
  expect(panel).toBeLessThan(80);
});

it('has no inline script or style and nothing from another host', () => {
  const html = readFileSync(`${built}/index.html`, 'utf8');
  expect(html).not.toMatch(/<script(?![^>]*\ssrc=)/);
  expect(html).not.toMatch(/<style|\sstyle=|\son\w+=|https?:\/\//);
});
