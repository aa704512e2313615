import { dirname } from 'node:path';
import { shellWord } from '../engine/shell-word.ts';
import { configError, errorCode, failure } from '../errors.ts';
import { restoreCommand } from './backup-files.ts';

/** What SQLite or the system said about the database file, in one line; anything unknown stays what it is. */
export function explainDatabase(error: unknown, file: string): unknown {
  const code = errorCode(error);
  switch (code) {
    case 'SQLITE_NOTADB':
      return configError(`${file} is damaged or not a hector database`, cureOf(file), error);
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return readOnly(error, file);
    case 'ENOENT':
      return configError(
        `cannot create ${file}: no such folder`,
        `hector init ${shellWord(dirname(file))}`,
        error,
      );
    case 'ENOTDIR':
    case 'EISDIR':
      return configError(`${file} is in the way: it is no database`, `ls -ld ${shellWord(file)}`, error);
    case 'ENOSPC':
    case 'SQLITE_FULL':
      return failure(`no space left on the disk of ${file}`, `df -h ${shellWord(dirname(file))}`, error);
    default:
      return code === undefined ? error : ofFamily(code, error, file);
  }
}

/** SQLite's extended codes: SQLITE_CORRUPT_INDEX, SQLITE_IOERR_WRITE ... */
function ofFamily(code: string, error: unknown, file: string): unknown {
  const family = code.split('_').slice(0, 2).join('_');
  switch (family) {
    case 'SQLITE_CORRUPT':
      return configError(`${file} is damaged`, cureOf(file), error);
    case 'SQLITE_CANTOPEN':
    case 'SQLITE_READONLY':
      return readOnly(error, file);
    case 'SQLITE_BUSY':
      return failure(`${file} is locked by another program`, 'try again in a moment', error);
    case 'SQLITE_IOERR':
      return failure(
        `${file} cannot be read or written: the disk reports an error or is full`,
        `df -h ${shellWord(dirname(file))}`,
        error,
      );
    default:
      return error;
  }
}

const cureOf = (file: string): string => restoreCommand(file) ?? 'hector db restore BACKUP';

const readOnly = (error: unknown, file: string): unknown =>
  configError(
    `cannot write ${file}: the folder or file is read-only`,
    `ls -ld ${shellWord(dirname(file))}`,
    error,
  );
