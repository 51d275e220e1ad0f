import { readFile, stat } from 'node:fs/promises';
import { asDocentError, DocentError } from '../../knowledge/errors.ts';
import { sha256 } from '../../knowledge/sha256.ts';
import type { Asker } from '../asker.ts';
import type { Log } from '../log.ts';
import { parseTokens } from './tokens.ts';

export type TokenFile = {
  /** Whose token it is; undefined for one that is not, or no longer, in the file. */
  askerOf(token: string): Promise<Asker | undefined>;
};

type Held = { readonly stamp: string; readonly askers: ReadonlyMap<string, Asker> };

/**
 * Access tokens from a file that is looked at for each request, and read again when it has changed, so that a
 * revoked token ends at once. A file that can't be read later on lets nobody in, and the log says so once.
 * Throws `bad_config` when it can't be read now.
 */
export async function openTokenFile(file: string, log: Log): Promise<TokenFile> {
  let held = await read(file);
  let reading: Promise<Held> | undefined;

  async function current(): Promise<Held> {
    const stamp = await stampOf(file).catch(() => 'missing');
    if (stamp === held.stamp) return held;
    reading ??= read(file)
      .catch((error: unknown) => {
        const { code, message } = asDocentError(error);
        log.error(new DocentError(code === 'internal' ? 'bad_config' : code, `${message} Nobody is let in.`));
        return { stamp, askers: new Map<string, Asker>() };
      })
      .finally(() => {
        reading = undefined;
      });
    held = await reading;
    return held;
  }

  return {
    async askerOf(token) {
      return (await current()).askers.get(sha256(token));
    },
  };
}

async function read(file: string): Promise<Held> {
  try {
    // Before the text: a change between the two is seen at the next request.
    const stamp = await stampOf(file);
    const tokens = parseTokens(await readFile(file, 'utf8'), file);
    return { stamp, askers: new Map(tokens.map(({ hash, ...asker }) => [hash, asker])) };
  } catch (cause) {
    if (cause instanceof DocentError) throw cause;
    throw new DocentError(
      'bad_config',
      `The access tokens in ${file} (ACCESS_TOKENS) can’t be read. Make the file with: npm run token -- add NAME`,
      { cause },
    );
  }
}

async function stampOf(file: string): Promise<string> {
  const { mtimeMs, size, ino } = await stat(file);
  return `${mtimeMs} ${size} ${ino}`;
}
