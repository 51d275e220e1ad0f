import { DocentError } from '../knowledge/errors.ts';
import { withoutCredentials } from '../knowledge/git-address.ts';
import type { GitOutcome } from './run-git.ts';

/** What git's complaint means, and what to do; the first that fits. */
const MEANINGS: readonly (readonly [RegExp, (url: string, ref: string) => string])[] = [
  [
    /couldn't find remote ref|not our ref|no such ref|unadvertised object/i,
    (url, ref) => `${url} has no branch, tag or commit "${ref}". Name another one with --ref`,
  ],
  [
    /authentication failed|could not read (?:username|password)|permission denied|terminal prompts disabled|\b40[13]\b/i,
    (url) => `${url} asks who you are. Give git its credentials (a credential helper, or an SSH key)`,
  ],
  [
    /could not resolve host|unable to access|connection|timed out|network|could not connect/i,
    (url) => `${url} can't be reached. Check the network and the address`,
  ],
  [
    /not found|does not exist|does not appear to be a git repository|no such file|could not read from remote/i,
    (url) => `There is no git repository at ${url}, or none that you may read. Check the address`,
  ],
];

/** A failed git as a `DocentError` `docs_missing`; credentials of the URL never get into it. `folder`: what was fetched. */
export function gitFault(
  outcome: Exclude<GitOutcome, { readonly kind: 'done' }>,
  { url, ref, folder }: { readonly url: string; readonly ref: string; readonly folder?: string },
): DocentError {
  const meaning = meaningOf(outcome, withoutCredentials(url), ref);
  const remedy =
    folder !== undefined && meaning.startsWith('git could not')
      ? ` If this lasts, remove ${folder}, which holds only what was fetched.`
      : '';
  return new DocentError('docs_missing', `${meaning}. The index stays as it was.${remedy}`);
}

function meaningOf(
  outcome: Exclude<GitOutcome, { readonly kind: 'done' }>,
  url: string,
  ref: string,
): string {
  switch (outcome.kind) {
    case 'missing':
      return 'git is not installed, and documents from a repository need it. Install it, or name a folder';
    case 'timed-out':
      return `Fetching ${url} took too long and was stopped. Check the network and try again`;
    case 'failed': {
      const said = withoutCredentials(outcome.stderr).trim();
      const known = MEANINGS.find(([pattern]) => pattern.test(said));
      if (known) return known[1](url, ref);
      const line = /^(?:fatal|error): (.*)/m.exec(said)?.[1] ?? said.split('\n')[0] ?? '';
      return `git could not fetch ${url}: ${line.slice(0, 300)}`;
    }
  }
}
