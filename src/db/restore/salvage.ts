import { closeSync, openSync, rmSync } from 'node:fs';
import BetterSqlite3 from 'better-sqlite3';
import { type Connection, knownSchema, schemaStatements } from '../connection.ts';
import { isDamage } from '../raw.ts';

/**
 * Copies what can be read of a damaged database into a new one, table by table and without its indexes: where a page
 * is damaged, the rows before it and those behind it. Those of an older version then become what they are in this one.
 * @returns the tables that could not be read to the end
 */
export function salvage(damaged: Connection, file: string): string[] {
  for (const left of [file, `${file}-journal`]) rmSync(left, { force: true });
  closeSync(openSync(file, 'wx', 0o600));
  const saved = new BetterSqlite3(file);
  try {
    saved.pragma('foreign_keys = OFF');
    const schema = schemaOf(damaged);
    for (const sql of schemaStatements(0, schema)) saved.exec(sql);
    const unread = saved.transaction(() => {
      const lost = tablesOf(saved).filter((table) => !copyTable(damaged, saved, table));
      copyNumbers(damaged, saved);
      const dropped = dropOrphans(saved);
      for (const sql of schemaStatements(schema)) saved.exec(sql);
      return [...new Set([...lost, ...dropped])];
    })();
    saved.pragma(`user_version = ${knownSchema()}`);
    return unread;
  } finally {
    saved.close();
  }
}

/** Where it is none that this version knows, this one's. */
function schemaOf(damaged: Connection): number {
  const schema = Number(damaged.pragma('user_version', { simple: true }));
  return schema > 0 && schema < knownSchema() ? schema : knownSchema();
}

const tablesOf = (connection: Connection): string[] =>
  connection
    .prepare<[], string>("select name from sqlite_master where type = 'table' and name not like 'sqlite_%'")
    .pluck()
    .all();

const columnsOf = (connection: Connection, table: string): string[] =>
  connection.prepare<[string], string>('select name from pragma_table_info(?)').pluck().all(table);

/** @returns whether all of it was read */
function copyTable(damaged: Connection, saved: Connection, table: string): boolean {
  return readable(() => {
    const there = new Set(columnsOf(damaged, table));
    // One of an older version.
    if (there.size === 0) return true;
    const columns = columnsOf(saved, table).filter((name) => there.has(name));
    const insert = saved.prepare(
      `insert or ignore into ${table} (rowid, ${columns.join(', ')}) values (?${', ?'.repeat(columns.length)})`,
    );
    const read = (order: 'asc' | 'desc') =>
      readable(() => {
        const rows = damaged
          .prepare<[], unknown[]>(
            `select rowid, ${columns.join(', ')} from ${table} not indexed order by rowid ${order}`,
          )
          .raw()
          .iterate();
        for (const row of rows) insert.run(row);
        return true;
      });
    if (read('asc')) return true;
    read('desc');
    return false;
  });
}

function readable(body: () => boolean): boolean {
  try {
    return body();
  } catch (error) {
    if (!isDamage(error)) throw error;
    return false;
  }
}

/** The highest numbers that were given, so that none is given twice. */
const copyNumbers = (damaged: Connection, saved: Connection): boolean =>
  readable(() => {
    const rows = damaged
      .prepare<[], { name: string; seq: number }>('select name, seq from sqlite_sequence')
      .all();
    const raise = saved.prepare('update sqlite_sequence set seq = max(seq, ?) where name = ?');
    const add = saved.prepare(
      'insert into sqlite_sequence (name, seq) select @name, @seq where exists (select 1 from sqlite_master where name = @name)',
    );
    for (const { name, seq } of rows) if (raise.run(seq, name).changes === 0) add.run({ name, seq });
    return true;
  });

/** Rows whose person, campaign or scenario could not be read are of no use. */
function dropOrphans(saved: Connection): string[] {
  const dropped = new Set<string>();
  for (;;) {
    const orphans = saved.prepare<[], { table: string; rowid: number }>('pragma foreign_key_check').all();
    if (orphans.length === 0) return [...dropped];
    for (const { table, rowid } of orphans) {
      saved.prepare(`delete from ${table} where rowid = ?`).run(rowid);
      dropped.add(table);
    }
  }
}
