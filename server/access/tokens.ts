import { randomBytes } from 'node:crypto';
import { audienceOf } from '../../knowledge/audience.ts';
import { DocentError } from '../../knowledge/errors.ts';
import type { Asker } from '../asker.ts';

/** What may ask: a name for people, the token's hash, and the audiences whose documents it sees. */
export type AccessToken = Asker & {
  /** SHA-256 of the token, hex. A token is 256 random bits, so nothing slower is called for. */
  readonly hash: string;
};

/** Audiences written so mean every document. */
const EVERYTHING = '*';
const LINE = /^([\w.-]+):([0-9a-f]{64})(?::([^:]*))?$/;

/** A fresh token: shown once, kept nowhere. */
export function makeToken(): string {
  return `docent_${randomBytes(32).toString('base64url')}`;
}

/**
 * The tokens of a file, one a line as `NAME:SHA256:AUDIENCE,AUDIENCE`; no audience sees only documents without
 * one, `*` every document; `#` begins a comment. Throws `bad_config` with the line's number, and never its text.
 */
export function parseTokens(text: string, file: string): AccessToken[] {
  const tokens: AccessToken[] = [];
  for (const [index, whole] of text.split(/\r?\n/).entries()) {
    const line = whole.trim();
    if (line === '' || line.startsWith('#')) continue;
    const [, name, hash, audiences = ''] = LINE.exec(line) ?? [];
    const refuse = (what: string): never => {
      throw new DocentError(
        'bad_config',
        `Line ${index + 1} of ${file} ${what}. Make lines with: npm run token -- add NAME`,
      );
    };
    if (name === undefined || hash === undefined) return refuse('is not NAME:SHA256:AUDIENCES');
    if (tokens.some((other) => other.name === name)) refuse(`names "${name}" again`);
    tokens.push({ name, hash, audiences: parseAudiences(audiences) });
  }
  return tokens;
}

/** One token as a line of the file. */
export function lineOf({ name, hash, audiences }: AccessToken): string {
  return `${name}:${hash}:${audiences === 'all' ? EVERYTHING : audiences.join(',')}`;
}

export function parseAudiences(list: string): AccessToken['audiences'] {
  const names = audienceOf([list]);
  return names.includes(EVERYTHING) ? 'all' : names;
}
