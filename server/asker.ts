import type { Context } from 'hono';

/** Groups whose documents may be seen; `all` where documents aren't kept apart. */
export type Audiences = readonly string[] | 'all';

/** Who asks: the name of an access token, never the token itself. */
export type Asker = { readonly name: string; readonly audiences: Audiences };

/** What the gate leaves for the routes. */
export type AppEnv = { Variables: { asker?: Asker } };

/** Where no gate stands, as on loopback, anybody sees everything. */
export const ANYBODY: Asker = { name: 'anybody', audiences: 'all' };

export function askerOf(context: Context<AppEnv>): Asker {
  return context.get('asker') ?? ANYBODY;
}
