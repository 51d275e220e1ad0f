import pg from 'pg';
import { GAP_COLUMNS, GAP_INDEX, type GapDatabase, type Statement } from './gap-store.ts';

/** Answers and ratings may wait so long for it. */
const CONNECT_MS = 3_000;
const QUERY_MS = 5_000;
/** Each server of many takes up to so many connections. */
const CONNECTIONS = 4;
/** Any number; servers that start together make the table one after the other by it. */
const TABLE_LOCK = 7_326_011;

/**
 * A PostgreSQL database by its URL; what that leaves out is taken from PGPASSWORD and the like, as by all
 * of its clients. It connects when it is used, makes its table then, and connects anew after a break.
 * Calls throw what PostgreSQL or the network throws; the messages hold no password.
 */
export function openPostgres(url: string): GapDatabase {
  const pool = new pg.Pool({
    connectionString: url,
    max: CONNECTIONS,
    connectionTimeoutMillis: CONNECT_MS,
    query_timeout: QUERY_MS,
    application_name: 'docent',
    allowExitOnIdle: true,
  });
  // A connection that breaks while nobody uses it: the next use takes another.
  pool.on('error', () => undefined);
  let prepared: Promise<void> | undefined;

  function prepare(): Promise<void> {
    prepared ??= makeTable(pool).catch((error: unknown) => {
      prepared = undefined;
      throw error;
    });
    return prepared;
  }

  return {
    async write(statements) {
      await prepare();
      await together(pool, async (client) => {
        for (const statement of statements) await client.query(queryOf(statement));
      });
    },
    async read(statement) {
      await prepare();
      return (await pool.query(queryOf(statement))).rows;
    },
    close: () => pool.end(),
  };
}

/** A user who may only read and write can do so where another has made the table. */
async function makeTable(pool: pg.Pool): Promise<void> {
  const isThere = "SELECT to_regclass('open_questions') IS NOT NULL AS there";
  if ((await pool.query(isThere)).rows[0]?.there === true) return;
  await together(pool, async (client) => {
    await client.query('SELECT pg_advisory_xact_lock($1)', [TABLE_LOCK]);
    await client.query(
      `CREATE TABLE IF NOT EXISTS open_questions (id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY, ${GAP_COLUMNS})`,
    );
    await client.query(GAP_INDEX);
  });
}

/** One transaction. A connection that failed isn't used again. */
async function together(pool: pg.Pool, work: (client: pg.PoolClient) => Promise<void>): Promise<void> {
  const client = await pool.connect();
  let fault: Error | undefined;
  // While it is taken out, the pool doesn't listen.
  const onBreak = (error: Error) => {
    fault = error;
  };
  client.on('error', onBreak);
  try {
    await client.query('BEGIN');
    await work(client);
    await client.query('COMMIT');
  } catch (error) {
    fault = error instanceof Error ? error : new Error(String(error));
    throw error;
  } finally {
    client.off('error', onBreak);
    client.release(fault);
  }
}

/** Its parameters have numbers, and its text can't hold NUL. */
function queryOf({ sql, args }: Statement): { text: string; values: unknown[] } {
  let number = 0;
  return {
    text: sql.replaceAll('?', () => `$${++number}`),
    values: args.map((arg) => (typeof arg === 'string' ? arg.replaceAll('\0', '') : arg)),
  };
}
