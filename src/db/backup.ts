import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  closeSync,
  existsSync,
  linkSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Backup, Holdings } from '../engine/ports/database.ts';
import { shellWord } from '../engine/shell-word.ts';
import { errorCode, failure, UserError, usageError } from '../errors.ts';
import { backupName, sameFile } from './backup-files.ts';
import type { Connection } from './connection.ts';
import { integrityOf } from './health.ts';
import { explained, holdingsOf, latestOf, openRaw, refuseForeign, schemaOf } from './raw.ts';

/** 4 MB at a time, so that a person sees how far it is. */
const PAGES_A_STEP = 1000;

/** In the folder of backups, under the name of its time: the next free one, where several are made in one second. */
export async function makeOwnBackup(
  file: string,
  { folder, at }: { folder: string; at: number },
  progress: Progress,
): Promise<Backup> {
  makeOwnFolder(folder);
  return copied(file, folder, progress, (part) => {
    for (let number = 1; ; number += 1) {
      const target = join(folder, backupName(at, number));
      if (putNew(part, target)) return target;
    }
  });
}

type Progress = (done: number, of: number) => void;

/**
 * A copy in the file that was named; its folder must be there.
 * @throws UserError where the target is there already and may not be replaced, or is no database of hector
 */
export async function makeBackup(
  { file, target, replace }: { file: string; target: string; replace: boolean },
  progress: Progress,
): Promise<Backup> {
  if (sameFile(target, file)) throw usageError(`${target} is the database itself`, 'hector db backup');
  const folder = dirname(target);
  if (!existsSync(folder))
    throw usageError(`${folder} is not there: make it first`, `mkdir -p ${shellWord(folder)}`);
  refuseTarget(target, replace);
  return copied(file, folder, progress, (part) => {
    if (!replace && !putNew(part, target)) throw isThere(target);
    if (replace) {
      // SQLite would play the log of the file before into the new one.
      for (const left of ['-wal', '-shm', '-journal']) rmSync(`${target}${left}`, { force: true });
      renameSync(part, target);
    }
    return target;
  });
}

function refuseTarget(target: string, replace: boolean): void {
  const found = statSync(target, { throwIfNoEntry: false });
  if (!found) return;
  if (found.isDirectory())
    throw usageError(
      `${target} is a folder: name a file in it`,
      `hector db backup ${shellWord(join(target, 'hector.db'))}`,
    );
  if (!replace) throw isThere(target);
  // An empty file has nothing to lose.
  if (found.size > 0) refuseForeign(target);
}

const isThere = (target: string): UserError =>
  usageError(
    `${target} is there already: name another file, or say --yes`,
    `hector db backup ${shellWord(target)} --yes`,
  );

/** Page by page from one moment of the database, while others go on writing; read back before it gets its name. */
async function copied(
  file: string,
  folder: string,
  progress: Progress,
  put: (part: string) => string,
): Promise<Backup> {
  const part = join(folder, `.${basename(file)}-${randomBytes(6).toString('hex')}.part`);
  createPart(part);
  try {
    const wanted = await copyPages(file, part, progress);
    const backup = verified(part, wanted);
    return { ...backup, file: put(part) };
  } catch (error) {
    throw explainedWrite(error, folder);
  } finally {
    for (const left of [part, `${part}-wal`, `${part}-shm`, `${part}-journal`]) rmSync(left, { force: true });
  }
}

/** @returns what is to be in the copy */
async function copyPages(file: string, part: string, progress: Progress): Promise<Holdings> {
  const source = openRaw(file, { readonly: true });
  try {
    // Without it SQLite begins anew whenever another program has written: it might never end.
    source.exec('begin');
    const holdings = holdingsOf(source);
    await source.backup(part, {
      progress({ totalPages, remainingPages }) {
        progress(totalPages - remainingPages, totalPages);
        return PAGES_A_STEP;
      },
    });
    return holdings;
  } finally {
    source.close();
  }
}

/** @returns false where the name is taken */
function putNew(part: string, target: string): boolean {
  try {
    linkSync(part, target);
    return true;
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false;
    // Some disks know no second name for a file.
    if (existsSync(target)) return false;
    renameSync(part, target);
    return true;
  }
}

/** Its parent is the workspace: not by Node's `recursive`, which never returns where no folder can be made. */
export function makeOwnFolder(folder: string): void {
  try {
    mkdirSync(folder, { mode: 0o700 });
  } catch (error) {
    if (errorCode(error) !== 'EEXIST' || !statSync(folder).isDirectory()) throw explainedWrite(error, folder);
  }
}

function createPart(part: string): void {
  try {
    closeSync(openSync(part, 'wx', 0o600));
    chmodSync(part, 0o600);
  } catch (error) {
    throw explainedWrite(error, dirname(part));
  }
}

function explainedWrite(error: unknown, folder: string): unknown {
  if (error instanceof UserError) return error;
  const code = errorCode(error);
  if (code === 'SQLITE_FULL' || code === 'ENOSPC')
    return failure(`no space left for a backup in ${folder}`, `df -h ${folder}`, error);
  if (code === undefined || code.startsWith('SQLITE_')) return error;
  return failure(`cannot write in ${folder} (${code})`, `ls -ld ${folder}`, error);
}

/** Whole, and with as much in it as the original had at that moment. */
function verified(part: string, wanted: Holdings): Omit<Backup, 'file'> {
  plain(part);
  const copy = openRaw(part, { readonly: true });
  try {
    const damage = integrityOf(copy, false);
    if (damage.length > 0)
      throw failure(`the copy is not whole (${damage[0]}): nothing was kept of it`, 'hector db check');
    const holdings = holdingsOf(copy);
    if (JSON.stringify(holdings) !== JSON.stringify(wanted))
      throw failure(
        'the copy does not hold what the database holds: nothing was kept of it',
        'hector db check',
      );
    const { size } = statSync(part);
    return { bytes: size, schema: schemaOf(copy, part), latestAt: latestOf(copy), holdings };
  } finally {
    copy.close();
  }
}

/** One file, without a log beside it that could be lost or left behind. */
function plain(file: string): void {
  const connection: Connection = openRaw(file, { readonly: false });
  try {
    explained(file, () => connection.pragma('journal_mode = DELETE'));
  } finally {
    connection.close();
  }
}
