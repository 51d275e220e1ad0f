import { ANYBODY } from '../asker.ts';
import type { ServerConfig } from '../config.ts';
import type { Log } from '../log.ts';
import type { GateDeps } from './gate.ts';
import { openTokenFile } from './token-file.ts';

/**
 * Who is let in, as the settings say: on loopback anybody to everything; with tokens who has one; with PUBLIC
 * anybody else too, to what is for everybody. Throws `bad_config` when the tokens can't be read.
 */
export async function openAccess(
  config: Pick<ServerConfig, 'ACCESS_TOKENS' | 'PUBLIC' | 'TRUST_PROXY'>,
  log: Log,
): Promise<GateDeps> {
  const { ACCESS_TOKENS: file, TRUST_PROXY: trustProxy } = config;
  const tokens = file === undefined ? undefined : await openTokenFile(file, log);
  if (config.PUBLIC) return { tokens, trustProxy, anonymous: { audiences: [] } };
  return tokens ? { tokens, trustProxy } : { trustProxy, anonymous: ANYBODY };
}
