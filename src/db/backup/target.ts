import { existsSync, realpathSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Standing } from '../../engine/ports/database.ts';
import { shellWord } from '../../engine/shell-word.ts';
import { errorCode, type UserError, usageError } from '../../errors.ts';
import { sameFile } from '../backup-files.ts';
import {
  explained,
  hasTable,
  holdingsOf,
  isDatabase,
  isUnreadable,
  latestOf,
  openRaw,
  uuidOf,
} from '../raw.ts';

const NOTHING_READ: Standing = { holdings: null, latestAt: null };

/**
 * What a backup would replace; null: nothing is there.
 * @param file the database that is to be copied
 * @throws UserError for what a backup never replaces: the database of a workspace, a backup of another one, any other file
 */
export function standingAt(target: string, file: string): Standing | null {
  if (sameFile(target, file)) throw usageError(`${target} is the database itself`, 'hector db backup');
  const folder = dirname(target);
  if (!existsSync(folder))
    throw usageError(`${folder} is not there: make it first`, `mkdir -p ${shellWord(folder)}`);
  const found = statSync(target, { throwIfNoEntry: false });
  if (!found) return null;
  if (found.isDirectory())
    throw usageError(
      `${target} is a folder: name a file in it`,
      `hector db backup ${shellWord(join(target, 'hector.db'))}`,
    );
  refuseWorkspace(target);
  // An empty file has nothing to lose.
  return found.size === 0 ? NOTHING_READ : read(target, file);
}

export const isThere = (target: string): UserError =>
  usageError(
    `${target} is there already: name another file, or say --yes`,
    `hector db backup ${shellWord(target)} --yes`,
  );

/** By its place: a copy of a whole workspace bears the same number as the one it was made of. */
function refuseWorkspace(target: string): void {
  const root = dirname(realpathSync(target));
  if (existsSync(join(root, 'hector.yaml')) && sameFile(target, join(root, 'hector.db')))
    throw usageError(
      `${target} is the database of the workspace there: it is not replaced`,
      'hector db backup',
    );
}

function read(target: string, file: string): Standing {
  if (!isDatabase(target)) throw foreign(target);
  const connection = openRaw(target, { readonly: true });
  try {
    return explained(target, () => {
      if (!hasTable(connection, 'workspace')) throw foreign(target);
      if (uuidOf(connection) !== uuidIn(file))
        throw usageError(`${target} is of another workspace: it is not replaced`, 'hector db backup');
      return { holdings: holdingsOf(connection), latestAt: latestOf(connection) };
    });
  } catch (error) {
    // A damaged one has nothing left to lose.
    if (isUnreadable(error)) return NOTHING_READ;
    throw error;
  } finally {
    connection.close();
  }
}

function uuidIn(file: string): string | null {
  const connection = openRaw(file, { readonly: true });
  try {
    return uuidOf(connection);
  } finally {
    connection.close();
  }
}

const foreign = (target: string): UserError =>
  usageError(`${target} is no database of hector: it is not replaced`, `ls -l ${shellWord(target)}`);

/**
 * Leaving the log asks for the file alone: refused while another program has it open.
 * @throws UserError where it is
 */
export function refuseOpen(target: string): void {
  if (!existsSync(target) || !isDatabase(target)) return;
  const connection = openRaw(target, { readonly: false });
  try {
    connection.pragma('busy_timeout = 0');
    connection.pragma('locking_mode = EXCLUSIVE');
    connection.pragma('journal_mode = DELETE');
    connection.exec('begin exclusive; rollback');
  } catch (error) {
    // Damaged, or not to be written: nobody works with it.
    if (!errorCode(error)?.startsWith('SQLITE_BUSY')) return;
    throw usageError(
      `${target} is in use, another program has it open: it is not replaced`,
      'hector db backup',
    );
  } finally {
    connection.close();
  }
}
