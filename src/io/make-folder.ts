import { existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { configError, errorCode, failure, usageError } from '../errors.ts';

/**
 * A folder and those above it. Not by Node's `recursive`, which never returns where the system answers ENOENT for
 * good (/proc, /sys).
 * @throws the system's error
 */
export function makeFolder(path: string, mode = 0o777): void {
  const parent = dirname(path);
  if (!existsSync(parent)) makeFolder(parent, mode);
  try {
    mkdirSync(path, { mode });
  } catch (error) {
    if (errorCode(error) !== 'EEXIST' || !statSync(path).isDirectory()) throw error;
  }
}

/** @throws UserError naming the folder, for whatever the system has against writing there. */
export function writingIn<T>(root: string, body: () => T): T {
  try {
    return body();
  } catch (error) {
    switch (errorCode(error)) {
      case 'EEXIST':
      case 'ENOTDIR':
        throw usageError(`${root} cannot be a folder: a file is in the way`, `ls -ld ${root}`);
      case 'ENOENT':
        throw usageError(
          `${root} cannot be made: the system allows no folder there`,
          'hector init my-workspace',
        );
      case 'EACCES':
      case 'EPERM':
      case 'EROFS':
        throw configError(
          `cannot write in ${root}: the folder is read-only`,
          `ls -ld ${root} ${dirname(root)}`,
          error,
        );
      case 'ENOSPC':
        throw failure(`no space left on the disk of ${root}`, `df -h ${dirname(root)}`, error);
      default:
        throw error;
    }
  }
}
