import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { createClient } from '@libsql/client';
import { GAP_COLUMNS, GAP_INDEX, type GapDatabase } from './gap-store.ts';

/** A writer in another process may keep this one, and with it all answers, waiting so long. */
const BUSY_MS = 250;

/** An SQLite file; its folder is made. Throws what SQLite throws when it can't be written. */
export async function openSqlite(file: string): Promise<GapDatabase> {
  mkdirSync(dirname(file), { recursive: true });
  const client = createClient({ url: `file:${file}` });
  await client.execute('PRAGMA journal_mode = WAL');
  await client.execute('PRAGMA synchronous = NORMAL');
  await client.execute(`PRAGMA busy_timeout = ${BUSY_MS}`);
  await client.execute(`CREATE TABLE IF NOT EXISTS open_questions (id INTEGER PRIMARY KEY, ${GAP_COLUMNS})`);
  await client.execute(GAP_INDEX);
  return {
    async write(statements) {
      await client.batch(
        statements.map(({ sql, args }) => ({ sql, args: [...args] })),
        'write',
      );
    },
    async read({ sql, args }) {
      return (await client.execute({ sql, args: [...args] })).rows;
    },
    async close() {
      client.close();
    },
  };
}
