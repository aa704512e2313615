import { accessSync, constants, readdirSync, type Stats, statSync } from 'node:fs';
import { join } from 'node:path';
import { shellWord } from '../../engine/shell-word.ts';
import { type Check, type CheckLine, fail, ok, warn } from './check.ts';

const NAME = 'files';
const OTHERS = 0o077;
const WRITABLE_BY_OTHERS = 0o022;
/** Written by hector itself when it has something for them. */
const FOLDERS = ['outbox', 'logs', 'backups'];

/** The workspace and what is in it: who owns it, who may read it, and whether it can be written. */
export const files: Check = {
  name: NAME,
  async look({ context }) {
    const { root, configFile, database } = context.workspace();
    const found = [
      ...folder(root),
      ...FOLDERS.flatMap((name) => folder(join(root, name))),
      ...foreign(configFile),
      ...[database, ...besides(root, database)].flatMap(secret),
      ...owned(root, database),
    ];
    return found.length > 0 ? found : [ok(NAME, `${root} is yours, and the database is for your eyes only`)];
  },
};

/** Rights mean something else there. */
const POSIX = process.platform !== 'win32';

const statOf = (path: string): Stats | undefined => statSync(path, { throwIfNoEntry: false });

function folder(path: string): CheckLine[] {
  const stat = statOf(path);
  if (!stat) return [];
  const word = shellWord(path);
  if (!stat.isDirectory()) return [fail(NAME, `${path} is in the way: it is no folder`, `ls -ld ${word}`)];
  try {
    accessSync(path, constants.W_OK | constants.X_OK);
    return [];
  } catch {
    return [fail(NAME, `${path} cannot be written by you`, `ls -ld ${word}`)];
  }
}

/** Whoever writes there says who sends, and where keys go. */
function foreign(path: string): CheckLine[] {
  const stat = statOf(path);
  if (!stat || !POSIX || (stat.mode & WRITABLE_BY_OTHERS) === 0) return [];
  return [warn(NAME, `other users may change ${path}`, `chmod go-w ${shellWord(path)}`)];
}

/** What SQLite keeps beside the database, copies of it, and logs that name people. */
function besides(root: string, database: string): string[] {
  const backups = entries(join(root, 'backups')).filter((path) => path.endsWith('.db'));
  return [`${database}-wal`, `${database}-shm`, ...backups, ...entries(join(root, 'logs'))];
}

const entries = (folder: string): string[] =>
  statOf(folder)?.isDirectory()
    ? readdirSync(folder)
        .sort()
        .map((name) => join(folder, name))
    : [];

/** It holds what is known of people. */
function secret(path: string): CheckLine[] {
  const stat = statOf(path);
  if (!stat?.isFile() || !POSIX || (stat.mode & OTHERS) === 0) return [];
  return [fail(NAME, `other users may read ${path}`, `chmod 600 ${shellWord(path)}`)];
}

/** What root has made, a tick of cron cannot write: it is to be as the folder is, whoever looks. */
function owned(root: string, database: string): CheckLine[] {
  const [stat, folder] = [statOf(database), statOf(root)];
  if (!stat || !folder || !POSIX || stat.uid === folder.uid) return [];
  const what = `${database} belongs to another user (${stat.uid}) than its folder (${folder.uid})`;
  return [fail(NAME, what, `chown ${folder.uid}:${folder.gid} ${shellWord(database)}`)];
}
