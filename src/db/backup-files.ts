import { existsSync, readdirSync, rmSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { shellWord } from '../engine/shell-word.ts';

const OWN_NAME = /^hector-(\d{4})(\d\d)(\d\d)-(\d\d)(\d\d)(\d\d)(?:-(\d{1,3}))?\.db$/;

/** `hector-20261123-090000.db`, in UTC; the second of the same second ends with `-2`. */
export const backupName = (at: number, number = 1): string =>
  `hector-${stamp(at)}${number === 1 ? '' : `-${number}`}.db`;

/** `20261123-090000`, in UTC. */
export const stamp = (at: number): string =>
  new Date(at).toISOString().slice(0, 19).replaceAll(/[-:]/g, '').replace('T', '-');

/** Those of ours in the folder, the youngest first. */
export function ownBackups(folder: string): { file: string; at: number }[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .flatMap((name) => {
      const [, year, month, day, hour, minute, second, number = '1'] = OWN_NAME.exec(name) ?? [];
      if (year === undefined) return [];
      const at = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
      return Number.isNaN(at) ? [] : [{ file: join(folder, name), at, number: Number(number) }];
    })
    .sort((a, b) => b.at - a.at || b.number - a.number)
    .map(({ file, at }) => ({ file, at }));
}

/**
 * The new one stays whatever its name says: the clock may have been put back.
 * @returns the files that were deleted
 */
export function deleteOlder(folder: string, keep: number, made: string): string[] {
  const old = ownBackups(folder)
    .map(({ file }) => file)
    .filter((file) => file !== made)
    .slice(keep - 1);
  for (const file of old) rmSync(file, { force: true });
  return old;
}

/** By whatever names: links, and letters that the disk does not tell apart. */
export function sameFile(one: string, other: string): boolean {
  const [a, b] = [one, other].map((path) => statSync(path, { throwIfNoEntry: false }));
  return a && b ? a.dev === b.dev && a.ino === b.ino : resolve(one) === resolve(other);
}

/** What puts the youngest backup beside a database in its place; null where there is none. */
export function restoreCommand(database: string, without?: string): string | null {
  const found = backupsBeside(database).find((file) => file !== without);
  return found === undefined ? null : `hector db restore ${shellWord(found)}`;
}

/** A folder that cannot be looked into has none to offer. */
function backupsBeside(database: string): string[] {
  try {
    return ownBackups(join(dirname(database), 'backups')).map(({ file }) => file);
  } catch {
    return [];
  }
}
