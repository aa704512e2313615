import { statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { CsvList } from '../../../engine/ports/imports.ts';
import { shellWord } from '../../../engine/shell-word.ts';
import { failure } from '../../../errors.ts';

/** Bytes the database's journal takes for each byte of a list; measured on lists of two to twelve columns. */
const JOURNAL_FACTOR = 3;
const MIB = 1024 * 1024;

/**
 * On a disk that fills up in the middle there may be no room to take the rows back either: better not to begin.
 * @throws UserError when a list of more than 1 MiB surely does not fit
 */
export async function requireRoom({ name, size }: CsvList, database: string): Promise<void> {
  if (size < MIB) return;
  const { bavail, blocks, bsize } = await statfs(dirname(database));
  // Some network file systems tell nothing.
  if (blocks === 0) return;
  const [needed, free] = [size * JOURNAL_FACTOR, bavail * bsize];
  if (needed <= free) return;
  throw failure(
    `no space for ${name} on the disk of ${database}: about ${mebibytes(needed)} are needed, ${mebibytes(free)} are left; nothing was imported`,
    `df -h ${shellWord(dirname(database))}`,
  );
}

const mebibytes = (bytes: number): string => `${(bytes / MIB).toFixed(1)} MiB`;
