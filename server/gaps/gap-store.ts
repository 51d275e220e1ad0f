import { z } from 'zod';
import type { AnswerMode, NearSection } from '../events.ts';

/** A section near to a question, as it was then; `hash` is of its text. */
export type SeenSection = NearSection & { readonly hash: string };

/** A question that the docs didn't answer, or only nearly, or a rated answer. Nothing of who asked it. */
export type GapRecord = {
  readonly question: string;
  readonly kind: 'abstained' | 'near' | 'rated-down' | 'rated-up';
  /** Unknown for ratings. */
  readonly mode?: AnswerMode;
  /** 0..1, how surely the docs answered it then. */
  readonly score: number;
  /** The one to mend first. */
  readonly nearest: readonly SeenSection[];
  /** The reader's word on a rating. */
  readonly why?: string;
};

/** A record and when it was made, in ms since 1970. */
export type GapRow = GapRecord & { readonly time: number };

/** Keeps what the docs don't answer, for who writes them; apart from the index, which servers only read. */
export type GapStore = {
  readonly retentionDays: number;
  record(gap: GapRecord): Promise<void>;
  /** Unanswered and badly rated questions, newest first. */
  open(limit: number): Promise<GapRow[]>;
  ratings(): Promise<{ up: number; down: number }>;
  close(): Promise<void>;
};

const DAY_MS = 86_400_000;
/** Oldest rows go above this, whatever is sent. */
const MOST_ROWS = 50_000;

/** An SQL database with a table `open_questions`; parameters are `?`, in order. */
export type GapDatabase = {
  /** All or none of them. */
  write(statements: readonly Statement[]): Promise<void>;
  read(statement: Statement): Promise<readonly unknown[]>;
  close(): Promise<void>;
};

export type Statement = { readonly sql: string; readonly args: readonly (string | number | null)[] };

/** The table, but for its `id`, which grows by one with each row and each SQL makes in its own way. */
export const GAP_COLUMNS =
  'time BIGINT NOT NULL, question TEXT NOT NULL, kind TEXT NOT NULL, mode TEXT, score DOUBLE PRECISION NOT NULL, nearest TEXT NOT NULL, why TEXT';
export const GAP_INDEX = 'CREATE INDEX IF NOT EXISTS open_questions_time ON open_questions (time)';

const seen = z.object({
  path: z.string(),
  anchor: z.string(),
  headings: z.array(z.string()),
  hash: z.string(),
});
const rowSchema = z.object({
  time: z.coerce.number(),
  question: z.string(),
  kind: z.enum(['abstained', 'near', 'rated-down', 'rated-up']),
  mode: z.enum(['quoted', 'written', 'abstained']).nullable(),
  score: z.number(),
  nearest: z
    .string()
    .transform((text): unknown => JSON.parse(text))
    .pipe(z.array(seen)),
  why: z.string().nullable(),
});

/** PostgreSQL gives integers of 64 bits as text. */
const ratingsSchema = z.object({ up: z.coerce.number(), down: z.coerce.number() });

/** Gaps in a database. Rows older than `retentionDays` go when another is written. Throws what the database throws. */
export function makeGapStore(
  database: GapDatabase,
  {
    retentionDays,
    mostRows = MOST_ROWS,
    now = Date.now,
  }: { retentionDays: number; mostRows?: number; now?: () => number },
): GapStore {
  const oldest = () => now() - retentionDays * DAY_MS;
  return {
    retentionDays,
    async record({ question, kind, mode, score, nearest, why }) {
      await database.write([
        { sql: 'DELETE FROM open_questions WHERE time < ?', args: [oldest()] },
        {
          sql: 'INSERT INTO open_questions (time, question, kind, mode, score, nearest, why) VALUES (?, ?, ?, ?, ?, ?, ?)',
          args: [now(), question, kind, mode ?? null, score, JSON.stringify(nearest), why ?? null],
        },
        {
          sql: 'DELETE FROM open_questions WHERE id <= (SELECT max(id) FROM open_questions) - ?',
          args: [mostRows],
        },
      ]);
    },
    async open(limit) {
      const rows = await database.read({
        sql: "SELECT time, question, kind, mode, score, nearest, why FROM open_questions WHERE time >= ? AND kind <> 'rated-up' ORDER BY time DESC, id DESC LIMIT ?",
        args: [oldest(), limit],
      });
      return rows.map((row) => {
        const { mode, why, ...rest } = rowSchema.parse(row);
        return { ...rest, ...(mode && { mode }), ...(why && { why }) };
      });
    },
    async ratings() {
      const [row] = await database.read({
        sql: "SELECT count(*) FILTER (WHERE kind = 'rated-up') AS up, count(*) FILTER (WHERE kind = 'rated-down') AS down FROM open_questions WHERE time >= ?",
        args: [oldest()],
      });
      return ratingsSchema.parse(row);
    },
    close: () => database.close(),
  };
}
