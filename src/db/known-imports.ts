import type { Connection } from './connection.ts';

/** Behind "no import 9": the last ones that brought people, with their files; never more than three. */
export function knownImports(connection: Connection): string {
  const rows = connection
    .prepare<[], { id: number; file: string }>(
      "select id, file from import_run where status in ('running', 'done') order by id desc limit 3",
    )
    .all();
  return rows.length === 0
    ? ': nothing was imported'
    : ` (the last: ${rows.map((row) => `${row.id} ${row.file}`).join(', ')})`;
}
