import type { Connection } from '../connection.ts';

export const columnsOf = (connection: Connection, table: string, without: readonly string[]): string[] =>
  connection
    .prepare<[string], string>("select name from pragma_table_info(?, 'main')")
    .pluck()
    .all(table)
    .filter((name) => !without.includes(name));
