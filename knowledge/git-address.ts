/** A branch, tag or commit of a git repository, and the folder in it that holds the docs. */
export type GitAddress = {
  readonly url: string;
  /** Undefined: what the repository's HEAD names. */
  readonly ref?: string | undefined;
  /** Relative, with forward slashes; undefined for the whole repository. */
  readonly path?: string | undefined;
};

const REMOTE = /^(?:https?|ssh|git|file):\/\/|^[\w.-]+@[\w.-]+:|^[a-z][a-z0-9+.-]*::/i;

/**
 * Reads `URL`, `URL#REF` or `URL#REF:PATH`, where the URL is one that git fetches from, `git@host:path`, or a
 * local path that ends with `.git`. Undefined for anything else, which is a folder.
 */
export function readGitAddress(text: string): GitAddress | undefined {
  const hash = text.indexOf('#');
  const url = hash < 0 ? text : text.slice(0, hash);
  if (!REMOTE.test(url) && !/\.git\/?$/.test(url)) return undefined;
  const [, ref, path] = /^([^:]*)(?::(.*))?$/s.exec(hash < 0 ? '' : text.slice(hash + 1)) ?? [];
  return { url, ref: ref || undefined, path: folderIn(path ?? '') };
}

/** A folder of a repository, however it is written: `docs`, `./docs/` and `/docs` are one; undefined for the whole. */
export function folderIn(path: string): string | undefined {
  return path.replace(/^(?:\.?\/+)+|\/+\.?$/g, '').replace(/^\.$/, '') || undefined;
}

/** A URL without the name and password that it may hold. */
export function withoutCredentials(text: string): string {
  return text.replace(/([a-z][a-z0-9+.-]*:\/\/)[^/\s@]*@/gi, '$1');
}

/** Where GitHub and GitLab show a file of this repository, as a `SOURCE_URL`; undefined for other hosts. */
export function guessSourceUrl({ url, ref, path }: GitAddress): string | undefined {
  const [, host = '', name = ''] =
    /^(?:(?:https?|ssh|git):\/\/(?:[^/@]*@)?|[\w.-]+@)([\w.-]+)(?::\d+(?=\/))?[:/](.+?)(?:\.git)?\/?$/.exec(
      url,
    ) ?? [];
  const view = host === 'github.com' ? 'blob' : host === 'gitlab.com' ? '-/blob' : undefined;
  if (view === undefined || name === '') return undefined;
  const folder = path === undefined ? '' : `${encodePath(path)}/`;
  return `https://${host}/${encodePath(name)}/${view}/${encodePath(ref ?? 'HEAD')}/${folder}{path}#{anchor}`;
}

function encodePath(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/');
}
