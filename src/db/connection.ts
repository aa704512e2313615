import { chmodSync, closeSync, existsSync, openSync, readFileSync, readSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { asset } from '../assets.ts';
import { shellWord } from '../engine/shell-word.ts';
import { configError, errorCode } from '../errors.ts';
import { restoreCommand } from './backup-files.ts';
import { explainDatabase } from './explain.ts';

export type Connection = BetterSqlite3.Database;

/** How long a write waits for another process's transaction before it gives up, in milliseconds. */
const BUSY_TIMEOUT_MS = 10_000;

/**
 * Opens the database, creating it 0600, and brings it up to date. `user_version` counts applied migrations, so
 * that an up-to-date file costs one read.
 * @throws UserError for a folder that cannot be written, a file that is no database, or a newer database.
 */
export function openDatabase(file: string, now: number): Connection {
  refuseStrangeFile(file);
  let connection: Connection | undefined;
  try {
    createPrivate(file);
    connection = connect(file);
    // A power cut must not take back a claim that was followed by a call: the SMS would go out twice.
    connection.pragma('synchronous = FULL');
    connection.pragma('foreign_keys = ON');
    migrate(connection, file, now);
    return connection;
  } catch (error) {
    connection?.close();
    throw explainDatabase(error, file);
  }
}

/**
 * Where a restore has put another file in its place while this one waited for its lock, the new one is opened: the
 * file before is kept aside, and what is written to it is lost.
 */
function connect(file: string): Connection {
  for (;;) {
    const { ino } = statSync(file);
    const connection = new BetterSqlite3(file, { timeout: BUSY_TIMEOUT_MS });
    try {
      if (useLog(connection, () => statSync(file, { throwIfNoEntry: false })?.ino === ino)) return connection;
    } catch (error) {
      connection.close();
      throw error;
    }
    connection.close();
    createPrivate(file);
  }
}

const PAUSE_MS = 20;

/**
 * WAL, set once a file. Where several programs open a new file at once, SQLite gives up at once instead of waiting
 * its time, since each holds what the other needs; so the waiting is done here. A restore leaves the file before
 * without a log: only such a one may be in place no more, and one beside the new file must not be made for it.
 * @returns false where it is no longer the file in place
 */
function useLog(connection: Connection, inPlace: () => boolean): boolean {
  const end = performance.now() + BUSY_TIMEOUT_MS;
  for (;;) {
    try {
      if (connection.pragma('journal_mode', { simple: true }) === 'wal') return true;
      if (!inPlace()) return false;
      connection.pragma('journal_mode = WAL');
      return true;
    } catch (error) {
      if (!errorCode(error)?.startsWith('SQLITE_BUSY') || performance.now() > end) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE_MS);
    }
  }
}

/**
 * The one way to write: takes the write lock at once (no upgrade from a read that could fail), and refuses an
 * async body, whose later statements would run outside the transaction.
 */
export function write<T>(connection: Connection, body: () => T): T {
  return connection
    .transaction(() => {
      const result = body();
      if (result instanceof Promise) throw new Error('a transaction body must not be async');
      return result;
    })
    .immediate();
}

function createPrivate(file: string): void {
  if (existsSync(file)) return;
  closeSync(openSync(file, 'a', 0o600));
  chmodSync(file, 0o600);
}

/** SQLite says "not a database" only at the first read; a look at the header gives the better line. */
function refuseStrangeFile(file: string): void {
  if (!existsSync(file)) return;
  const header = Buffer.alloc(16);
  let length: number;
  try {
    const descriptor = openSync(file, 'r');
    length = readSync(descriptor, header, 0, 16, 0);
    closeSync(descriptor);
  } catch (error) {
    throw explainDatabase(error, file);
  }
  if (length > 0 && header.toString('latin1') !== 'SQLite format 3\0')
    throw configError(
      `${file} is not a hector database`,
      restoreCommand(file) ??
        `mv ${shellWord(file)} ${shellWord(file)}.old && hector init ${shellWord(dirname(file))}`,
    );
}

interface Migration {
  tag: string;
  statements: string[];
}

/** Read from disk only when the file's version says that something is to be done. */
function migrations(): Migration[] {
  const folder = asset('src', 'db', 'migrations');
  return journal().map((tag) => ({
    tag,
    statements: readFileSync(join(folder, `${tag}.sql`), 'utf8').split('--> statement-breakpoint'),
  }));
}

/** How many migrations this version knows. */
export const knownSchema = (): number => journal().length;

/** What makes an empty database into one of this version, or one schema into a later one, in order. */
export const schemaStatements = (from = 0, to?: number): string[] =>
  migrations()
    .slice(from, to)
    .flatMap(({ statements }) => statements);

function journal(): string[] {
  const parsed: unknown = JSON.parse(
    readFileSync(asset('src', 'db', 'migrations', 'meta', '_journal.json'), 'utf8'),
  );
  if (
    typeof parsed !== 'object' ||
    parsed === null ||
    !('entries' in parsed) ||
    !Array.isArray(parsed.entries)
  )
    throw new Error('src/db/migrations/meta/_journal.json is damaged');
  return parsed.entries.map((entry: { tag: string }) => entry.tag);
}

function migrate(connection: Connection, file: string, now: number): void {
  const known = journal().length;
  const version = () => Number(connection.pragma('user_version', { simple: true }));
  if (version() === known) return;
  if (version() > known)
    throw configError(
      `${file} was written by a newer hector (schema ${version()}, this one knows ${known})`,
      'npm install -g hector',
    );
  write(connection, () => {
    // Read again under the lock: another process may have migrated meanwhile.
    for (const migration of migrations().slice(version()))
      for (const sql of migration.statements) connection.exec(sql);
    connection
      .prepare(
        'insert into workspace (id, uuid, created_at) values (1, lower(hex(randomblob(16))), ?) on conflict do nothing',
      )
      .run(now);
    connection.pragma(`user_version = ${known}`);
  });
}
