import { prospectName } from '../../engine/model.ts';
import type { Connection } from '../connection.ts';

interface NameRow {
  id: number;
  first_name: string | null;
  last_name: string | null;
  email: string | null;
}

/** What people are called, or else their address; erased ones and numbers of nobody are left out. */
export function namesOf(connection: Connection, ids: readonly number[]): Map<number, string> {
  const rows = connection
    .prepare<[string], NameRow>(
      `select id, first_name, last_name, email from prospect
       where erased_at is null and id in (select value from json_each(?))`,
    )
    .all(JSON.stringify(ids));
  const byId = new Map(rows.map((row) => [row.id, prospectName(row) || row.email || `#${row.id}`]));
  return new Map(
    ids.flatMap((id): [number, string][] => {
      const name = byId.get(id);
      return name === undefined ? [] : [[id, name]];
    }),
  );
}
