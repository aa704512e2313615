import { closeSync, existsSync, openSync, readSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import type { Holdings } from '../engine/ports/database.ts';
import { shellWord } from '../engine/shell-word.ts';
import { configError, errorCode, failure, UserError, usageError } from '../errors.ts';
import { restoreCommand } from './backup-files.ts';
import { type Connection, knownSchema } from './connection.ts';
import { explainDatabase } from './explain.ts';

const BUSY_TIMEOUT_MS = 10_000;

/**
 * A database as it is: nothing is created, and no migration applied.
 * @throws UserError for a file that is absent or no database at all
 */
export function openRaw(file: string, { readonly }: { readonly: boolean }): Connection {
  if (!existsSync(file))
    throw configError(
      `${file} is not there`,
      restoreCommand(file) ?? `hector init ${shellWord(dirname(file))}`,
    );
  if (!isDatabase(file))
    throw failure(`${file} is no database`, restoreCommand(file, file) ?? `ls -l ${shellWord(file)}`);
  try {
    return new BetterSqlite3(file, { readonly, fileMustExist: true, timeout: BUSY_TIMEOUT_MS });
  } catch (error) {
    throw explainDatabase(error, file);
  }
}

/** By its first bytes. @throws UserError for a folder, or what may not be read */
export function isDatabase(file: string): boolean {
  const header = Buffer.alloc(16);
  if (statSync(file).isDirectory())
    throw usageError(`${file} is a folder, not a database`, `ls -l ${shellWord(file)}`);
  const descriptor = explained(file, () => openSync(file, 'r'));
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
    throw failure(`${file} is not a database of hector`, `ls -l ${shellWord(file)}`);
  return schema;
}

/** The file, not the disk or a lock: nothing that is tried again would read it. */
export const isDamage = (error: unknown): boolean => /^SQLITE_(CORRUPT|NOTADB)/.test(errorCode(error) ?? '');

/** Damaged, or a table of it is missing. @param error as SQLite or `explained` gave it */
export function isUnreadable(error: unknown): boolean {
  const cause = error instanceof UserError ? error.cause : error;
  return isDamage(cause) || (cause instanceof Error && /no such (table|column)/.test(cause.message));
}

export const hasTable = (connection: Connection, name: string): boolean =>
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
