import { encodePath } from '../api/get-json.ts';

/** An address that may be followed. `external` ones leave this site. */
export type SafeLink = { readonly href: string; readonly external: boolean };

const origin = 'https://docs.invalid';

/** Files that become documents: the same as in `knowledge/file-kinds.ts`. */
const documents = /[^/.][^/]*\.(?:md|markdown|mdx|txt|html|htm)$/i;

/**
 * Checks a link of a document at `from` (its path in the docs folder), or of an answer when that is "".
 * Allowed are other documents, anchors, https and mailto; all else gives undefined and is shown
 * as text. Links of an answer are addresses of this site already: `/docs/PATH`.
 */
export function safeLink(url: string, from: string): SafeLink | undefined {
  const target = url.trim();
  // Browsers drop control characters and read a backslash as a slash.
  // biome-ignore lint/suspicious/noControlCharactersInRegex: those are what is looked for
  if (/[\u0000-\u001f\u007f\\]/.test(target) || target === '') return undefined;
  if (/^[a-z][a-z0-9+.-]*:/i.test(target)) {
    if (target.includes(' ') || !URL.canParse(target)) return undefined;
    const { protocol, href } = new URL(target);
    return protocol === 'https:' || protocol === 'mailto:' ? { href, external: true } : undefined;
  }
  if (target.startsWith('//')) return undefined;
  if (target.startsWith('#')) {
    return from
      ? { href: `/docs/${encodePath(from)}${target.replaceAll(' ', '%20')}`, external: false }
      : undefined;
  }
  const base = `${origin}/${encodePath(from)}`;
  if (!URL.canParse(target, base)) return undefined;
  const resolved = new URL(target, base);
  if (resolved.origin !== origin || !documents.test(resolved.pathname)) return undefined;
  const isPage = from === '' && resolved.pathname.startsWith('/docs/');
  return { href: `${isPage ? '' : '/docs'}${resolved.pathname}${resolved.hash}`, external: false };
}
