import { accessSync, constants, type Stats, statSync } from 'node:fs';
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
      ...secret(database),
      ...owned(database),
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

/** It holds what is known of people. */
function secret(database: string): CheckLine[] {
  const stat = statOf(database);
  if (!stat || !POSIX || (stat.mode & OTHERS) === 0) return [];
  return [fail(NAME, `other users may read ${database}`, `chmod 600 ${shellWord(database)}`)];
}

/** What root has made, a tick of cron cannot write. */
function owned(database: string): CheckLine[] {
  const [stat, uid] = [statOf(database), process.getuid?.()];
  if (!stat || uid === undefined || stat.uid === uid) return [];
  const what = `${database} belongs to another user (${stat.uid}, you are ${uid})`;
  return [fail(NAME, what, `chown ${uid} ${shellWord(database)}`)];
}
