import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
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
/** How often the table is looked for while another may be making it, and how long is waited between. */
const tableTries = 20;
const tableWaitMs = 100;
/** Milliseconds in which all that make the table at once have made it. */
const settleMs = 1_000;
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
  const { table, isNew } = await openLease(connection);
  const token = randomUUID();
  const holder = `process ${process.pid} on ${hostname()}`;
  const before = await read(table);
  if (before.token !== nobody && before.until > now()) throw heldBy(before.holder, uri);
  if (!(await replace(before.token, { token, holder, until: now() + lease }))) {
    throw heldBy((await read(table)).holder, uri);
  }
  // Another that makes the table at the same moment may write its own first row over this one.
  if (isNew) {
    await delay(settleMs);
    if (!(await renew())) throw heldBy((await read(table)).holder, uri);
  }
  const timer = setInterval(() => void renew().catch(() => undefined), lease / 3);
  timer.unref();

  function renew(): Promise<boolean> {
    return replace(token, { token, holder, until: now() + lease });
  }

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

/** `isNew` where there was no table at first. */
async function openLease(connection: Connection): Promise<{ table: Table; isNew: boolean }> {
  const isNew = !(await tableNames(connection)).includes(leaseTable);
  for (let tries = 1; ; tries++) {
    const fault = isNew ? await makeLease(connection) : undefined;
    try {
      return { table: await connection.openTable(leaseTable), isNew };
    } catch (error) {
      // Of several that make it at once one does, and the others find it half made for a moment.
      if (tries === tableTries) throw fault ?? error;
      await delay(tableWaitMs);
    }
  }
}

/** Gives what went wrong, which may be that another made the table first. */
async function makeLease(connection: Connection): Promise<unknown> {
  const free = tableOf(schema, 1, [textColumn([nobody]), textColumn(['nobody']), textColumn([never])]);
  return connection.createTable(leaseTable, free).then(
    () => undefined,
    (error: unknown) => error,
  );
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
