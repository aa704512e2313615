import { join } from 'node:path';
import { dbBackup } from '../../src/commands/db/backup.ts';
import { dbRestore } from '../../src/commands/db/restore.ts';
import { type Connection, openDatabase } from '../../src/db/connection.ts';
import { HOUR, NOW } from '../builders.ts';
import { testContext } from '../context.ts';

export const FILE = 'backup.db';

/** A workspace, backed up; then `since` happens in it. */
export async function backedUp(
  before: (connection: Connection) => unknown,
  since: (connection: Connection) => unknown,
) {
  const test = testContext();
  before(await test.context.connection());
  await dbBackup(test.context, { file: FILE, keep: null, yes: false });
  since(await test.context.connection());
  await test.context.close();
  return test.folder;
}

export async function restored(folder: string, file = FILE) {
  const test = testContext({ folder, json: true, now: NOW + HOUR });
  await dbRestore(test.context, file, true);
  const connection = openDatabase(join(folder, 'hector.db'), NOW);
  const all = (sql: string): unknown[] => connection.prepare(sql).all();
  return { result: JSON.parse(test.stdout()), all, connection };
}
