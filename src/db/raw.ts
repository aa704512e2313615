import { closeSync, existsSync, openSync, readSync } from 'node:fs';
import BetterSqlite3 from 'better-sqlite3';
import type { Holdings } from '../engine/ports/database.ts';
import { failure, UserError } from '../errors.ts';
import { type Connection, knownSchema } from './connection.ts';
import { explainDatabase } from './explain.ts';

const BUSY_TIMEOUT_MS = 10_000;

/**
 * A database as it is: nothing is created, and no migration applied.
 * @throws UserError for a file that is absent or no database at all
 */
export function openRaw(file: string, { readonly }: { readonly: boolean }): Connection {
  if (!existsSync(file)) throw failure(`${file} is not there`, 'hector db path');
  if (!isDatabase(file)) throw failure(`${file} is no database`, 'hector db check');
  try {
    return new BetterSqlite3(file, { readonly, fileMustExist: true, timeout: BUSY_TIMEOUT_MS });
  } catch (error) {
    throw explainDatabase(error, file);
  }
}

function isDatabase(file: string): boolean {
  const header = Buffer.alloc(16);
  const descriptor = openSync(file, 'r');
  try {
    readSync(descriptor, header, 0, 16, 0);
  } finally {
    closeSync(descriptor);
  }
  return header.toString('latin1') === 'SQLite format 3\0';
}

/** Migrations that were applied. @throws UserError for one of a newer version, or not of hector */
export function schemaOf(connection: Connection, file: string): number {
  const schema = Number(connection.pragma('user_version', { simple: true }));
  if (schema > knownSchema())
    throw failure(
      `${file} was written by a newer hector (schema ${schema}, this one knows ${knownSchema()})`,
      'npm install -g hector',
    );
  if (schema === 0 || !hasTable(connection, 'workspace'))
    throw failure(`${file} is not a database of hector`, 'hector db backup');
  return schema;
}

const hasTable = (connection: Connection, name: string): boolean =>
  connection.prepare<[string]>("select 1 from sqlite_master where type = 'table' and name = ?").get(name) !==
  undefined;

export const uuidOf = (connection: Connection): string | null =>
  connection.prepare<[], string>('select uuid from workspace where id = 1').pluck().get() ?? null;

export const holdingsOf = (connection: Connection): Holdings =>
  connection
    .prepare<[], Holdings>(
      `select (select count(*) from prospect) as prospects, (select count(*) from campaign) as campaigns,
         (select count(*) from message where state = 'sent') as sent, (select count(*) from event) as events,
         (select count(*) from suppression) as blacklist`,
    )
    .get() ?? { prospects: 0, campaigns: 0, sent: 0, events: 0, blacklist: 0 };

/** UTC ms of the last thing that happened. */
export const latestOf = (connection: Connection): number | null =>
  connection
    .prepare<[], number | null>(
      'select max(at) from (select max(at) as at from event union all select max(started_at) from tick)',
    )
    .pluck()
    .get() ?? null;

/** SQLite's own words, when it fails in the middle of reading. */
export function explained<T>(file: string, body: () => T): T {
  try {
    return body();
  } catch (error) {
    throw error instanceof UserError ? error : explainDatabase(error, file);
  }
}
