import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import type { Connection, Table } from '@lancedb/lancedb';
import { DocentError } from './errors.ts';
import { arrow, columnOf, tableOf, textAt, textColumn } from './store-arrow.ts';
import { quoted, tableNames } from './store-connection.ts';
import { type StoreLock, takenOver } from './store-lock.ts';

/** The table whose one row names who writes a store that isn't on this machine's disk. */
export const leaseTable = 'writer';
const schema = new arrow.Schema([
  new arrow.Field('token', new arrow.Utf8(), false),
  new arrow.Field('holder', new arrow.Utf8(), false),
  new arrow.Field('until', new arrow.Utf8(), false),
]);

/** Milliseconds for which the lease holds, renewed at a third of it; clocks may differ by less than the rest. */
const leaseMs = 60_000;
const nobody = '';
const never = new Date(0).toISOString();

/**
 * Makes the caller the only writer of a store in object storage: a row that is taken, renewed and given back by an
 * update that names the holder before, of which only one of several at once finds that holder still there. A holder
 * that died loses it when its time has run out. Throws `DocentError` `store_locked` naming the holder.
 */
export async function leaseStore(
  connection: Connection,
  uri: string,
  { lease = leaseMs, now = Date.now }: { lease?: number; now?: () => number } = {},
): Promise<StoreLock> {
  const table = await openLease(connection);
  const token = randomUUID();
  const holder = `process ${process.pid} on ${hostname()}`;
  const before = await read(table);
  if (before.token !== nobody && before.until > now()) throw heldBy(before.holder, uri);
  if (!(await replace(before.token, { token, holder, until: now() + lease }))) {
    throw heldBy((await read(table)).holder, uri);
  }
  const timer = setInterval(() => void renew().catch(() => undefined), lease / 3);
  timer.unref();

  /** False when another holds it now. */
  async function replace(from: string, to: Lease): Promise<boolean> {
    const values = { token: to.token, holder: to.holder, until: new Date(to.until).toISOString() };
    try {
      await table.update({ where: `token = ${quoted(from)}`, values });
    } catch (error) {
      if (!/incompatible transaction|conflict/i.test(String(error))) throw error;
    }
    return (await read(table)).token === to.token;
  }

  const renew = (): Promise<boolean> => replace(token, { token, holder, until: now() + lease });

  return {
    async check() {
      if (await renew()) return;
      throw takenOver(uri);
    },
    async release() {
      clearInterval(timer);
      if (!(await replace(token, { token: nobody, holder, until: 0 }).catch(() => false))) return;
      await table.optimize({ cleanupOlderThan: new Date(now() - lease) }).catch(() => undefined);
    },
  };
}

type Lease = { readonly token: string; readonly holder: string; readonly until: number };

async function openLease(connection: Connection): Promise<Table> {
  if (!(await tableNames(connection)).includes(leaseTable)) {
    const free = tableOf(schema, 1, [textColumn([nobody]), textColumn(['nobody']), textColumn([never])]);
    // Of two that make it at once, one finds it made.
    await connection.createTable(leaseTable, free).catch(() => undefined);
  }
  return connection.openTable(leaseTable);
}

async function read(table: Table): Promise<Lease> {
  await table.checkoutLatest();
  const rows = await table.query().toArrow();
  if (rows.numRows !== 1) {
    throw new DocentError(
      'store_damaged',
      `The index’s table "${leaseTable}" is damaged. Remove it, and run the ingest again.`,
    );
  }
  return {
    token: textAt(columnOf(rows, 'token'), 0),
    holder: textAt(columnOf(rows, 'holder'), 0),
    until: Date.parse(textAt(columnOf(rows, 'until'), 0)),
  };
}

function heldBy(holder: string, uri: string): DocentError {
  return new DocentError(
    'store_locked',
    `Another ingest (${holder}) is writing the index at ${uri}. Wait for it to end; one that died is forgotten after a minute.`,
  );
}
