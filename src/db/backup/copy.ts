import { randomBytes } from 'node:crypto';
import { chmodSync, closeSync, mkdirSync, openSync, readdirSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Backup, Holdings } from '../../engine/ports/database.ts';
import { shellWord } from '../../engine/shell-word.ts';
import { errorCode, failure, UserError } from '../../errors.ts';
import { integrityOf } from '../health.ts';
import { explained, holdingsOf, latestOf, openRaw, schemaOf } from '../raw.ts';

/** 4 MB at a time, so that a person sees how far it is. */
const PAGES_A_STEP = 1000;
/** A copy that is being made is written all the time: one so old is of a program that was killed. */
const LEFT_MS = 60 * 60_000;

export type Progress = (done: number, of: number) => void;

/**
 * Page by page from one moment of the database, while others go on writing; read back before it gets its name.
 * @param put gives the copy its name, and says which
 */
export async function copied(
  file: string,
  folder: string,
  progress: Progress,
  put: (part: string) => string,
): Promise<Backup> {
  const part = join(folder, `.${basename(file)}-${randomBytes(6).toString('hex')}.part`);
  createPart(part);
  removeLeft(part, file);
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

/** Parts of copies that were never ended: each holds as much as a backup does. */
function removeLeft(part: string, file: string): void {
  const folder = dirname(part);
  const parts = /^[0-9a-f]{12}\.part(?:-wal|-shm|-journal)?$/;
  const start = `.${basename(file)}-`;
  const now = statSync(part).mtimeMs;
  for (const name of readdirSync(folder)) {
    if (!name.startsWith(start) || !parts.test(name.slice(start.length))) continue;
    const left = join(folder, name);
    const written = statSync(left, { throwIfNoEntry: false })?.mtimeMs ?? now;
    if (now - written > LEFT_MS) rmSync(left, { force: true });
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
  const word = shellWord(folder);
  if (code === 'SQLITE_FULL' || code === 'ENOSPC')
    return failure(`no space left for a backup in ${folder}`, `df -h ${word}`, error);
  if (code === undefined || code.startsWith('SQLITE_')) return error;
  return failure(`cannot write in ${folder} (${code})`, `ls -ld ${word}`, error);
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
  const connection = openRaw(file, { readonly: false });
  try {
    explained(file, () => connection.pragma('journal_mode = DELETE'));
  } finally {
    connection.close();
  }
}
