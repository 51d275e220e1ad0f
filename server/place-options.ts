import type { Command } from 'commander';

/** Options of a command that say where docs and index are. */
export type PlaceFlags = { readonly docs?: string; readonly store?: string };

export function addPlaceOptions(command: Command): Command {
  return command
    .option('--docs <DIR>', 'docs folder (default: DOCS_DIR, else ./docs)')
    .option('--store <URI>', 'index: a folder, s3://, gs://, az:// or db:// (default: STORE_URI)');
}

/** The environment with what the options say in place of its own. */
export function withPlaces(env: NodeJS.ProcessEnv, { docs, store }: PlaceFlags): NodeJS.ProcessEnv {
  return {
    ...env,
    ...(docs === undefined ? {} : { DOCS_DIR: docs }),
    ...(store === undefined ? {} : { STORE_URI: store }),
  };
}
