import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';

const built = fileURLToPath(new URL('../../dist/web', import.meta.url));

function gzippedKilobytes(ending: string): number {
  const files = readdirSync(`${built}/assets`).filter((name) => name.endsWith(ending));
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

it('has no inline script or style and nothing from another host', () => {
  const html = readFileSync(`${built}/index.html`, 'utf8');
  expect(html).not.toMatch(/<script(?![^>]*\ssrc=)/);
  expect(html).not.toMatch(/<style|\sstyle=|\son\w+=|https?:\/\//);
});
