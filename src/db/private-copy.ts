import BetterSqlite3 from 'better-sqlite3';
import { type Connection, schemaStatements } from './connection.ts';

/**
 * A copy of the base as it is at one moment, for what is only to be seen: nobody waits for it. It is a file without a
 * name, which the system drops when it is closed or the program ends, however it ends.
 */
export function privateCopy(connection: Connection): Connection {
  const copy = new BetterSqlite3('');
  try {
    copy.pragma('foreign_keys = OFF');
    for (const statement of schemaStatements()) copy.exec(statement);
    copy.prepare<[string]>('attach ? as base').run(connection.name);
    copy.transaction(() => copyRows(copy)).deferred();
    copy.exec('detach base');
    copy.pragma('foreign_keys = ON');
    return copy;
  } catch (error) {
    copy.close();
    throw error;
  }
}

function copyRows(copy: Connection): void {
  const tables = copy
    .prepare<[], string>(
      "select name from base.sqlite_master where type = 'table' and name not like 'sqlite_%' order by name",
    )
    .pluck()
    .all();
  // Whole pages, since both have the same columns and indexes.
  for (const table of tables) copy.exec(`insert into main."${table}" select * from base."${table}"`);
}
