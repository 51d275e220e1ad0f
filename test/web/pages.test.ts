import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { makeApp } from '../../server/app.ts';
import { appDeps } from '../server/app-deps.ts';

const webDir = fileURLToPath(new URL('../../dist/web', import.meta.url));
const pages = readdirSync(webDir).filter((name) => name.endsWith('.html'));
const app = makeApp(appDeps({ webDir }));

test('the pages are known', () => {
  expect(pages.sort()).toEqual(['index.html', 'reference.html', 'sign-in.html', 'status.html']);
});

test.each(['/', '/api', '/status', '/gaps', '/docs/', '/docs/psa.md', ...pages.map((name) => `/${name}`)])(
  '%s has a strict policy and nothing in it that the policy would have to excuse',
  async (path) => {
    const response = await app.request(path);
    const [{ headers }, text] = [response, await response.text()];
    expect(headers.get('content-type')).toContain('text/html');
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy).toMatch(/default-src 'none';.*script-src 'self';.*style-src 'self';/);
    expect(policy).toMatch(/frame-ancestors 'none'/);
    expect(policy).not.toMatch(/unsafe|\*|https?:|strict-dynamic/);
    expect(headers.get('permissions-policy')).toMatch(/camera=\(\).*usb=\(\)/);
    expect(headers.get('cross-origin-opener-policy')).toBe('same-origin');
    expect(headers.get('cross-origin-resource-policy')).toBe('same-origin');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(text).not.toMatch(/<script(?![^>]*\ssrc="\/)/);
    expect(text).not.toMatch(/<style|\sstyle=|\son\w+=|javascript:|https?:\/\/|<base|<iframe/);
  },
);
