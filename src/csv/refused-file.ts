import { closeSync, existsSync, openSync, readSync, renameSync, rmSync, statSync, writeSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { OWN_COLUMNS } from '../engine/import/columns.ts';
import type { RefusedRows } from '../engine/ports/imports.ts';
import { shellWord } from '../engine/shell-word.ts';
import { errorCode, failure, type UserError } from '../errors.ts';

const MARK = '\ufeff';

/**
 * The rows that were refused, beside their line and reason, with the columns and delimiter they came with and the
 * cells as they were: it is there to be mended and imported again. Written aside (0600), and put in its place by
 * `keep`; then a file of an earlier run is replaced, or removed when nothing was refused this time.
 */
export function refusedFile(file: string, delimiter: string, header: readonly string[]): RefusedRows {
  const partial = join(dirname(file), `.${basename(file)}.${process.pid}.partial`);
  const line = (cells: readonly string[]): string =>
    cells.map((cell) => quoted(cell, delimiter)).join(delimiter);
  let descriptor: number | undefined;
  const put = (text: string): void => {
    if (descriptor === undefined) {
      // In a folder of many users a link may lie in wait there: never written through, never another's file.
      rmSync(partial, { force: true });
      descriptor = openSync(partial, 'wx', 0o600);
    }
    writeSync(descriptor, text);
  };
  const guarded = <T>(act: () => T): T => {
    try {
      return act();
    } catch (error) {
      throw explain(error, file);
    }
  };
  const close = (): void => {
    if (descriptor !== undefined) closeSync(descriptor);
    descriptor = undefined;
  };
  return {
    add: (row, reason) =>
      guarded(() => {
        const first = descriptor === undefined ? `${MARK}${line([...OWN_COLUMNS, ...header])}\r\n` : '';
        put(`${first}${line([String(row.line), reason, ...row.cells])}\r\n`);
      }),
    keep: () =>
      guarded(() => {
        const written = descriptor !== undefined;
        close();
        const ours = isOurs(file);
        if (written && !ours && existsSync(file)) throw inTheWay(file);
        if (written) renameSync(partial, file);
        else if (ours) rmSync(file, { force: true });
        return written;
      }),
    drop: () => {
      close();
      rmSync(partial, { force: true });
    },
  };
}

const quoted = (cell: string, delimiter: string): string =>
  cell.includes(delimiter) || /["\r\n]|^\s|\s$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;

/** A file that only happens to have this name is a person's own and stays. */
function isOurs(file: string): boolean {
  if (!statSync(file, { throwIfNoEntry: false })?.isFile()) return false;
  const start = Buffer.from(`${MARK}${OWN_COLUMNS[0]}`);
  const found = Buffer.alloc(start.length);
  const descriptor = openSync(file, 'r');
  readSync(descriptor, found, 0, start.length, 0);
  closeSync(descriptor);
  return found.equals(start);
}

const inTheWay = (file: string): UserError =>
  failure(
    `the refused rows belong into ${file}, but something else is there`,
    `mv ${shellWord(file)} ${shellWord(file)}.old`,
  );

function explain(error: unknown, file: string): unknown {
  switch (errorCode(error)) {
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return failure(
        `cannot write the refused rows to ${file}: the folder is read-only`,
        'cp the list into a folder of yours and import it there',
        error,
      );
    case 'ENOSPC':
      return failure(`no space left on the disk for ${file}`, `df -h ${shellWord(dirname(file))}`, error);
    default:
      return error;
  }
}
