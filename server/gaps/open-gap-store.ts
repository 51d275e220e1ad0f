import { type GapStore, makeGapStore } from './gap-store.ts';

/**
 * Gaps where `GAPS_DB` says: a `postgres://` URL, which may be out of reach for a while, or else an SQLite
 * file, which throws what SQLite throws when it can't be written. The libraries load only when needed.
 */
export async function openGapStore({
  database,
  ...options
}: {
  database: string;
  retentionDays: number;
  mostRows?: number;
  now?: () => number;
}): Promise<GapStore> {
  if (isPostgres(database)) {
    const { openPostgres } = await import('./postgres-database.ts');
    return makeGapStore(openPostgres(database), options);
  }
  const { openSqlite } = await import('./sqlite-database.ts');
  return makeGapStore(await openSqlite(database), options);
}

export function isPostgres(database: string): boolean {
  return /^postgres(ql)?:\/\//i.test(database);
}

/** The database as it may be told of: a URL without its user, password and options. */
export function shownDatabase(database: string): string {
  if (!isPostgres(database) || !URL.canParse(database)) return database.replace(/:\/\/.*@/, '://');
  const { host, pathname } = new URL(database);
  return `postgres://${host}${pathname}`;
}
