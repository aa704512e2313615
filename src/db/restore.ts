import {
  chmodSync,
  closeSync,
  copyFileSync,
  existsSync,
  linkSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import type { Restored } from '../engine/ports/database.ts';
import type { Owner } from '../engine/ports/ticks.ts';
import { errorCode } from '../errors.ts';
import { makeOwnFolder } from './backup/copy.ts';
import { stamp } from './backup-files.ts';
import { type Connection, openDatabase, write } from './connection.ts';
import { holdingsOf, latestOf, openRaw } from './raw.ts';
import { carryOver, NOTHING_CARRIED } from './restore/carry-over.ts';
import { keepNumbersApart } from './restore/numbers.ts';
import { pauseLive } from './restore/pause.ts';
import { anotherProgram, openPresent, type Present } from './restore/present.ts';
import { uncountedUntil } from './restore/unknown.ts';

interface Place {
  /** The database. */
  file: string;
  /** Where the one before is put. */
  folder: string;
  owner: Owner;
  now: number;
}

/**
 * The present file is replaced in one step, by a copy that is whole and has taken over what must not be forgotten. From
 * the reading of the present one to the end nobody else can read or write either of them.
 */
export async function restoreBackup(source: string, place: Place): Promise<Restored> {
  const file = existsSync(place.file) ? realpathSync(place.file) : place.file;
  const part = `${file}.restoring`;
  const present = openPresent(file, place);
  let copy: Connection | undefined;
  try {
    await copyTo(part, source);
    copy = openDatabase(part, place.now);
    const result = settle(copy, present, place);
    const aside = swap(part, { ...place, file }, copy, present);
    present.replaced();
    return { ...result, aside };
  } finally {
    copy?.close();
    present.end();
    removeAll(part);
  }
}

const removeAll = (part: string): void => {
  for (const left of ['', '-wal', '-shm', '-journal']) rmSync(`${part}${left}`, { force: true });
};

async function copyTo(part: string, source: string): Promise<void> {
  removeAll(part);
  closeSync(openSync(part, 'wx', 0o600));
  const connection = openRaw(source, { readonly: true });
  try {
    connection.exec('begin');
    connection.pragma('user_version');
    await connection.backup(part);
  } finally {
    connection.close();
  }
}

/** The caller closes the copy, whatever happens: what is attached, and every lock, goes with it. */
function settle(copy: Connection, present: Present, { owner, now }: Place): Omit<Restored, 'aside'> {
  const latestAt = latestOf(copy);
  const { attach, unread } = present;
  if (attach !== null) copy.prepare('attach ? as present').run(attach);
  if (present.whole) lockPresent(copy, owner);
  const { erased, lastUnknownAt, ...result } = write(copy, () => {
    keepNumbersApart(copy, { attached: attach !== null, sure: attach !== null && unread.length === 0 });
    const carried = attach === null ? NOTHING_CARRIED : carryOver(copy, { unread, now });
    copy.exec('delete from main.lease');
    const until = uncountedUntil({ ...carried, unread }, now);
    const paused = pauseLive(copy, { latestAt, uncountedUntil: until, now });
    return { ...carried, unread, uncountedUntil: until, paused, holdings: holdingsOf(copy) };
  });
  if (erased > 0) copy.exec('vacuum main');
  copy.pragma('main.locking_mode = EXCLUSIVE');
  copy.pragma('main.journal_mode = DELETE');
  return result;
}

/**
 * Leaving the log asks for the file alone: refused while another program has it open, and kept from then on. Without a
 * journal file at the end, so that none is deleted by name when another file bears that name.
 */
function lockPresent(copy: Connection, owner: Owner): void {
  copy.pragma('present.locking_mode = EXCLUSIVE');
  try {
    copy.pragma('present.journal_mode = DELETE');
  } catch (error) {
    throw errorCode(error)?.startsWith('SQLITE_BUSY') ? anotherProgram() : error;
  }
  copy
    .prepare<[string, number]>("delete from present.lease where name = 'tick' and host = ? and pid = ?")
    .run(owner.host, owner.pid);
  copy.pragma('present.journal_mode = MEMORY');
}

function swap(part: string, { file, folder, now }: Place, copy: Connection, present: Present): string | null {
  const aside = existsSync(file) ? keepAside(file, { folder, now }, copy, present) : null;
  // A log that is left belongs to the file before: it must never be read into the new one.
  for (const left of ['-wal', '-shm', '-journal']) rmSync(`${file}${left}`, { force: true });
  renameSync(part, file);
  return aside;
}

function keepAside(
  file: string,
  { folder, now }: { folder: string; now: number },
  copy: Connection,
  present: Present,
): string {
  makeOwnFolder(folder);
  const aside = freeName(folder, now);
  // A damaged one goes with its log: whoever looks into it will want both.
  if (existsSync(`${file}-wal`)) copyFileSync(`${file}-wal`, `${aside}-wal`);
  try {
    linkSync(file, aside);
  } catch {
    // To open a file that is locked, and to close it again, would give up its lock.
    if (present.whole) copy.prepare('vacuum present into ?').run(aside);
    else copyFileSync(file, aside);
  }
  chmodSync(dirname(aside), 0o700);
  chmodSync(aside, 0o600);
  return aside;
}

function freeName(folder: string, now: number, number = 0): string {
  const path = join(folder, `before-restore-${stamp(now)}${number === 0 ? '' : `-${number}`}.db`);
  return existsSync(path) ? freeName(folder, now, number + 1) : path;
}
