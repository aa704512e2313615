import { PROSPECT_FIELDS, type Prospect } from '../engine/model.ts';
import { folded } from '../engine/suggest.ts';
import type { Connection } from './connection.ts';
import { type ProspectRow, prospectOf } from './rows.ts';

/** What rows.ts prospectOf() takes, and nothing else. */
const PROSPECT_COLUMNS = ['id', ...PROSPECT_FIELDS, 'custom', 'company_key'].join(', ');

/** In the order of the ids given; ids of nobody are left out. */
export function prospectsById(connection: Connection, ids: readonly number[]): Prospect[] {
  const rows = connection
    .prepare<[string], ProspectRow>(
      `select ${PROSPECT_COLUMNS} from prospect where id in (select value from json_each(?))`,
    )
    .all(JSON.stringify(ids));
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.flatMap((id) => {
    const row = byId.get(id);
    return row ? [prospectOf(row)] : [];
  });
}

/**
 * Makes `folded(text)` usable in SQL: SQLite's own lower() knows ASCII only. A call costs about ten times as much
 * as lower(), so plain ASCII, told by as many bytes as letters, does not pay for it: see `foldedSql`.
 */
export function defineFolded(connection: Connection): void {
  connection.function('folded', { deterministic: true }, (text) =>
    typeof text === 'string' ? folded(text) : null,
  );
}

/** @param expression SQL that gives text; it stands here three times, so it must be cheap */
export const foldedSql = (expression: string): string =>
  `case when octet_length(${expression}) = length(${expression}) then lower(${expression}) else folded(${expression}) end`;
