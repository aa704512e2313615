import {
  chmodSync,
  copyFileSync,
  existsSync,
  linkSync,
  mkdirSync,
  realpathSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import type { Candidate, Holdings, Restored } from '../engine/ports/database.ts';
import type { Owner } from '../engine/ports/ticks.ts';
import { failure, UserError } from '../errors.ts';
import { plain } from './backup.ts';
import { type Connection, openDatabase, write } from './connection.ts';
import { integrityOf } from './health.ts';
import { explained, holdingsOf, latestOf, openRaw, schemaOf, uuidOf } from './raw.ts';
import { carryOver, NOTHING_CARRIED, pauseLive } from './restore/carry-over.ts';
import { dropLease, takeLease } from './tick/lease.ts';

interface Place {
  /** The database. */
  file: string;
  /** Where the one before is put. */
  folder: string;
  owner: Owner;
  now: number;
}

/** @throws UserError for a file that is no whole database of hector, or of a newer one */
export function inspectBackup(source: string, file: string): Candidate {
  const connection = openRaw(source, { readonly: true });
  try {
    return explained(source, () => {
      const damage = integrityOf(connection, false);
      if (damage.length > 0)
        throw failure(`${source} is damaged (${damage[0]}): it is not put in place`, 'hector db check');
      const backup = {
        file: source,
        bytes: Number(connection.pragma('page_count', { simple: true })) * pageSize(connection),
        schema: schemaOf(connection, source),
        latestAt: latestOf(connection),
        holdings: holdingsOf(connection),
      };
      const present = presentIn(file);
      const sameWorkspace = present && present.uuid === uuidOf(connection);
      return { ...backup, sameWorkspace, present: present?.holdings ?? null };
    });
  } finally {
    connection.close();
  }
}

const pageSize = (connection: Connection): number => Number(connection.pragma('page_size', { simple: true }));

/** Null where it is absent, or cannot be read: that may be why a backup is put in its place. */
function presentIn(file: string): { uuid: string | null; holdings: Holdings } | null {
  if (!existsSync(file)) return null;
  try {
    const connection = openRaw(file, { readonly: true });
    try {
      return { uuid: uuidOf(connection), holdings: holdingsOf(connection) };
    } finally {
      connection.close();
    }
  } catch {
    return null;
  }
}

/** The present file is replaced in one step, by a copy that is whole and has taken over what must not be forgotten. */
export async function restoreBackup(source: string, place: Place): Promise<Restored> {
  const file = existsSync(place.file) ? realpathSync(place.file) : place.file;
  const part = `${file}.restoring`;
  const present = openPresent(file, place);
  try {
    await copyTo(part, source);
    const copy = openDatabase(part, place.now);
    let result: Omit<Restored, 'aside'>;
    try {
      result = settle(copy, present === null ? null : file, place.now);
    } finally {
      copy.close();
    }
    plain(part);
    if (present) close(present, place.owner);
    refuseOthers(file);
    return { ...result, aside: swap(part, file, place) };
  } finally {
    if (present?.open) close(present, place.owner);
    for (const left of [part, `${part}-wal`, `${part}-shm`]) rmSync(left, { force: true });
  }
}

/** @returns null where there is none, or none that can be read. @throws UserError while a tick runs */
function openPresent(file: string, { owner, now }: Place): Connection | null {
  if (!existsSync(file)) return null;
  let connection: Connection;
  try {
    connection = openDatabase(file, now);
    if (integrityOf(connection, false).length > 0) {
      connection.close();
      return null;
    }
  } catch (error) {
    if (error instanceof UserError) return null;
    throw error;
  }
  if (takeLease(connection, owner)) return connection;
  connection.close();
  throw failure('a tick is running: nothing was changed', 'hector cron show');
}

function close(connection: Connection, owner: Owner): void {
  dropLease(connection, owner);
  connection.pragma('wal_checkpoint(TRUNCATE)');
  connection.close();
}

async function copyTo(part: string, source: string): Promise<void> {
  for (const left of [part, `${part}-wal`, `${part}-shm`]) rmSync(left, { force: true });
  const connection = openRaw(source, { readonly: true });
  try {
    await connection.backup(part);
  } finally {
    connection.close();
  }
  chmodSync(part, 0o600);
}

/** The caller closes the copy, whatever happens: what is attached goes with it. */
function settle(copy: Connection, present: string | null, now: number): Omit<Restored, 'aside'> {
  const latestAt = latestOf(copy);
  if (present !== null) copy.prepare('attach ? as present').run(present);
  // The lock is on both: nothing is written to the present one between this reading and its end.
  const { erased, ...result } = write(copy, () => {
    const carried = present === null ? NOTHING_CARRIED : carryOver(copy);
    copy.exec('delete from lease');
    return { ...carried, paused: pauseLive(copy, latestAt, now), holdings: holdingsOf(copy) };
  });
  if (present !== null) copy.exec('detach present');
  if (erased > 0) copy.exec('vacuum');
  return result;
}

/** SQLite deletes the log with the last connection: where it is still there, another program has the file open. */
function refuseOthers(file: string): void {
  if (existsSync(`${file}-wal`) && existsSync(file) && presentIn(file) !== null)
    throw failure(
      'another program has the database open (a review, a LinkedIn session, a report?): close it first; nothing was changed',
      'hector db restore',
    );
}

function swap(part: string, file: string, { folder, now }: Place): string | null {
  const aside = existsSync(file) ? keepAside(file, folder, now) : null;
  // A log that is left belongs to the file before: it must never be read into the new one.
  for (const left of [`${file}-wal`, `${file}-shm`]) rmSync(left, { force: true });
  renameSync(part, file);
  return aside;
}

function keepAside(file: string, folder: string, now: number): string {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const time = new Date(now).toISOString().slice(0, 19).replaceAll(/[-:]/g, '').replace('T', '-');
  const free = (number: number): string => {
    const path = join(folder, `before-restore-${time}${number === 0 ? '' : `-${number}`}.db`);
    return existsSync(path) ? free(number + 1) : path;
  };
  const aside = free(0);
  // A damaged one goes with its log: whoever looks into it will want both.
  if (existsSync(`${file}-wal`)) copyFileSync(`${file}-wal`, `${aside}-wal`);
  try {
    linkSync(file, aside);
  } catch {
    copyFileSync(file, aside);
  }
  chmodSync(dirname(aside), 0o700);
  chmodSync(aside, 0o600);
  return aside;
}
