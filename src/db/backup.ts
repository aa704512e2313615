import { existsSync, linkSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Backup } from '../engine/ports/database.ts';
import { errorCode } from '../errors.ts';
import { copied, makeOwnFolder, type Progress } from './backup/copy.ts';
import { isThere, refuseOpen, standingAt } from './backup/target.ts';
import { backupName } from './backup-files.ts';

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

/**
 * A copy in the file that was named; its folder must be there.
 * @throws UserError where the target is there already and may not be replaced, or is none of this workspace's backups
 */
export async function makeBackup(
  { file, target, replace }: { file: string; target: string; replace: boolean },
  progress: Progress,
): Promise<Backup> {
  if (standingAt(target, file) !== null) {
    if (!replace) throw isThere(target);
    refuseOpen(target);
  }
  return copied(file, dirname(target), progress, (part) => {
    if (!replace && !putNew(part, target)) throw isThere(target);
    if (replace) putInPlace(part, target, file);
    return target;
  });
}

/** The target is looked at again: the copy took its time. */
function putInPlace(part: string, target: string, file: string): void {
  standingAt(target, file);
  refuseOpen(target);
  // SQLite would play the log of the file before into the new one.
  for (const left of ['-wal', '-shm', '-journal']) rmSync(`${target}${left}`, { force: true });
  renameSync(part, target);
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
