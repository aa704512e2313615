import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Candidate, Holdings } from '../../engine/ports/database.ts';
import { shellWord } from '../../engine/shell-word.ts';
import { failure, usageError } from '../../errors.ts';
import { restoreCommand, sameFile } from '../backup-files.ts';
import type { Connection } from '../connection.ts';
import { integrityOf } from '../health.ts';
import {
  explained,
  holdingsOf,
  isDatabase,
  isUnreadable,
  latestOf,
  openRaw,
  schemaOf,
  uuidOf,
} from '../raw.ts';

/**
 * @param file the database
 * @throws UserError for a file that is no whole database of hector, or of a newer one; or where the present one is
 */
export function inspectBackup(source: string, file: string): Candidate {
  const other = restoreCommand(file, source) ?? `ls -l ${shellWord(dirname(source))}`;
  if (!existsSync(source)) throw usageError(`${source} is not there`, other);
  if (sameFile(source, file)) throw usageError(`${source} is the database itself`, other);
  if (!isDatabase(source)) throw failure(`${source} is no database`, other);
  const connection = openRaw(source, { readonly: true });
  try {
    return explained(source, () => {
      const damage = integrityOf(connection, false);
      if (damage.length > 0)
        throw failure(`${source} is damaged (${damage[0]}): it is not put in place`, other);
      const backup = {
        file: source,
        bytes: Number(connection.pragma('page_count', { simple: true })) * pageSize(connection),
        schema: schemaOf(connection, source),
        latestAt: latestOf(connection),
        holdings: holdingsOf(connection),
      };
      const present = presentIn(file);
      const sameWorkspace = present && present.uuid === uuidOf(connection);
      return { ...backup, sameWorkspace, present: present?.holdings ?? null };
    });
  } finally {
    connection.close();
  }
}

const pageSize = (connection: Connection): number => Number(connection.pragma('page_size', { simple: true }));

/** Null where it is absent, or damaged: that may be why a backup is put in its place. */
function presentIn(file: string): { uuid: string | null; holdings: Holdings } | null {
  if (!existsSync(file) || !isDatabase(file)) return null;
  const connection = openRaw(file, { readonly: true });
  try {
    return { uuid: uuidOf(connection), holdings: holdingsOf(connection) };
  } catch (error) {
    // A table is missing: what can be read is looked for when it is replaced.
    if (isUnreadable(error)) return null;
    throw error;
  } finally {
    connection.close();
  }
}
