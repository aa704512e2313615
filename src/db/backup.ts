import {
  chmodSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { Backup, Holdings } from '../engine/ports/database.ts';
import { errorCode, failure } from '../errors.ts';
import type { Connection } from './connection.ts';
import { integrityOf } from './health.ts';
import { explained, holdingsOf, latestOf, openRaw, schemaOf } from './raw.ts';

const OWN_NAME = /^hector-(\d{4})(\d\d)(\d\d)-(\d\d)(\d\d)(\d\d)\.db$/;
/** 4 MB at a time, so that ticks are not kept waiting. */
const PAGES_A_STEP = 1000;

/** `hector-20261123-090000.db`, in UTC. */
export const backupName = (at: number): string =>
  `hector-${new Date(at).toISOString().slice(0, 19).replaceAll(/[-:]/g, '').replace('T', '-')}.db`;

export interface BackupRequest {
  /** The database. */
  file: string;
  target: string;
  replace: boolean;
}

/**
 * Copies page by page while others read and write (SQLite's online backup), and reads the copy back.
 * @throws UserError where the target is there already, or the copy is not whole
 */
export async function makeBackup(
  { file, target, replace }: BackupRequest,
  progress: (done: number, of: number) => void,
): Promise<Backup> {
  if (resolve(target) === resolve(file))
    throw failure(`${target} is the database itself`, 'hector db backup');
  if (existsSync(target) && !replace)
    throw failure(`${target} is there already: name another file, or say --yes`, 'hector db backup');
  const part = `${target}.part`;
  prepare(part);
  const source = openRaw(file, { readonly: true });
  try {
    const before = standing(source);
    await source.backup(part, {
      progress({ totalPages, remainingPages }) {
        progress(totalPages - remainingPages, totalPages);
        return PAGES_A_STEP;
      },
    });
    const backup = verified(part, before, standing(source));
    renameSync(part, target);
    return { ...backup, file: target };
  } catch (error) {
    throw explainedWrite(error, target);
  } finally {
    source.close();
    for (const left of [part, `${part}-wal`, `${part}-shm`, `${part}-journal`]) rmSync(left, { force: true });
  }
}

function prepare(part: string): void {
  try {
    mkdirSync(dirname(part), { recursive: true, mode: 0o700 });
    rmSync(part, { force: true });
    closeSync(openSync(part, 'wx', 0o600));
    chmodSync(part, 0o600);
  } catch (error) {
    throw explainedWrite(error, part);
  }
}

function explainedWrite(error: unknown, target: string): unknown {
  const code = errorCode(error);
  if (code === 'SQLITE_FULL' || code === 'ENOSPC')
    return failure(`no space left for ${target}`, `df -h ${dirname(target)}`, error);
  if (code === undefined || code.startsWith('SQLITE_')) return error;
  return failure(`cannot write ${target} (${code})`, `ls -ld ${dirname(target)}`, error);
}

interface Standing {
  holdings: Holdings;
  /** Another program has written where it changes. */
  version: number;
}

const standing = (connection: Connection): Standing => ({
  holdings: holdingsOf(connection),
  version: Number(connection.pragma('data_version', { simple: true })),
});

/** Whole, and with as much in it as the original; where somebody wrote meanwhile, only the first can be told. */
function verified(part: string, before: Standing, after: Standing): Backup {
  plain(part);
  const copy = openRaw(part, { readonly: true });
  try {
    const damage = integrityOf(copy, false);
    if (damage.length > 0)
      throw failure(`the copy is not whole (${damage[0]}): nothing was kept of it`, 'hector db check');
    const holdings = holdingsOf(copy);
    const quiet = before.version === after.version;
    if (quiet && JSON.stringify(holdings) !== JSON.stringify(before.holdings))
      throw failure(
        'the copy does not hold what the database holds: nothing was kept of it',
        'hector db check',
      );
    const { size } = statSync(part);
    return { file: part, bytes: size, schema: schemaOf(copy, part), latestAt: latestOf(copy), holdings };
  } finally {
    copy.close();
  }
}

/** One file, without a log beside it that could be lost or left behind. */
export function plain(file: string): void {
  const connection = openRaw(file, { readonly: false });
  try {
    explained(file, () => connection.pragma('journal_mode = DELETE'));
  } finally {
    connection.close();
  }
}

/** Those of ours in the folder, the youngest first. */
export function ownBackups(folder: string): { file: string; at: number }[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .flatMap((name) => {
      const [, year, month, day, hour, minute, second] = OWN_NAME.exec(name) ?? [];
      if (year === undefined) return [];
      const at = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
      return Number.isNaN(at) ? [] : [{ file: join(folder, name), at }];
    })
    .sort((a, b) => b.at - a.at);
}

/** @returns the files that were deleted */
export function deleteOlder(folder: string, keep: number): string[] {
  const old = ownBackups(folder).slice(keep);
  for (const { file } of old) rmSync(file, { force: true });
  return old.map(({ file }) => file);
}
