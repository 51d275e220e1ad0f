import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { type Client, createClient } from '@libsql/client';
import type { Gap } from '../events.ts';

/** A question that the docs didn't answer, or only came near to. Nothing of who asked it. */
export type NewGap = Omit<Gap, 'count' | 'lastAsked'>;

/** Keeps what the docs don't answer, for who writes them; apart from the index, which servers only read. */
export type GapStore = {
  record(gap: NewGap): Promise<void>;
  /** The most asked first, each wording once. */
  list(limit: number): Promise<Gap[]>;
  close(): void;
};

const DAY_MS = 86_400_000;

/**
 * Gaps in an SQLite database. `file` is its path; its folder is made. Rows older than `retentionDays` go
 * when another is written. Throws what SQLite throws when the file can't be written.
 */
export async function openGapStore({
  file,
  retentionDays,
  now = Date.now,
}: {
  file: string;
  retentionDays: number;
  now?: () => number;
}): Promise<GapStore> {
  mkdirSync(dirname(file), { recursive: true });
  const client: Client = createClient({ url: `file:${file}` });
  await client.execute('PRAGMA journal_mode = WAL');
  await client.execute('PRAGMA busy_timeout = 2000');
  await client.execute(
    'CREATE TABLE IF NOT EXISTS gaps (asked_at INTEGER NOT NULL, question TEXT NOT NULL, kind TEXT NOT NULL, score REAL NOT NULL, nearest TEXT NOT NULL)',
  );
  return {
    async record({ question, kind, score, nearest }) {
      const time = now();
      await client.batch(
        [
          { sql: 'DELETE FROM gaps WHERE asked_at < ?', args: [time - retentionDays * DAY_MS] },
          {
            sql: 'INSERT INTO gaps VALUES (?, ?, ?, ?, ?)',
            args: [time, question, kind, score, JSON.stringify(nearest)],
          },
        ],
        'write',
      );
    },
    async list(limit) {
      const { rows } = await client.execute({
        // SQLite takes the other columns from the row that holds the maximum.
        sql: 'SELECT question, kind, score, nearest, max(asked_at) AS last, count(*) AS times FROM gaps WHERE asked_at >= ? GROUP BY lower(question) ORDER BY times DESC, last DESC LIMIT ?',
        args: [now() - retentionDays * DAY_MS, limit],
      });
      return rows.map((row) => ({
        question: String(row.question),
        kind: row.kind === 'near' ? 'near' : 'abstained',
        score: Number(row.score),
        nearest: JSON.parse(String(row.nearest)),
        count: Number(row.times),
        lastAsked: new Date(Number(row.last)).toISOString(),
      }));
    },
    close: () => client.close(),
  };
}
