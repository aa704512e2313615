import type { StoredPerson } from '../engine/import/merge.ts';
import type { ProspectFacts } from '../engine/model.ts';
import type { Connection } from './connection.ts';

/** A row of `prospect`: columns are named like the facts. */
export interface PersonRow extends ProspectFacts {
  id: number;
  custom: string | null;
  company_key: string | null;
  phone_key: string | null;
  import_id: number | null;
  created_at: number;
  updated_at: number;
}

export const readPerson = (row: PersonRow): StoredPerson => ({
  facts: row,
  custom: readCustom(row.custom),
  companyKey: row.company_key,
  phoneKey: row.phone_key,
});

export function readCustom(json: string | null): Record<string, string> {
  if (json === null) return {};
  const parsed: unknown = JSON.parse(json);
  if (typeof parsed !== 'object' || parsed === null) throw new Error('prospect.custom is no JSON object');
  return Object.fromEntries(Object.entries(parsed).map(([key, value]) => [key, String(value)]));
}

const COLUMN = /^[a-z_]+$/;

/** Sets columns, and single custom fields named `custom.key`; null takes a custom field out. */
export function updatePerson(
  connection: Connection,
  person: PersonRow,
  values: Record<string, string | number | null>,
  updatedAt: number,
): void {
  const columns = new Map<string, string | number | null>();
  const custom = readCustom(person.custom);
  for (const [name, value] of Object.entries(values)) {
    if (!name.startsWith('custom.')) columns.set(name, value);
    else if (value === null) delete custom[name.slice(7)];
    else custom[name.slice(7)] = String(value);
  }
  const json = Object.keys(custom).length > 0 ? JSON.stringify(custom) : null;
  if (json !== person.custom) columns.set('custom', json);
  columns.set('updated_at', updatedAt);
  const names = [...columns.keys()];
  if (!names.every((name) => COLUMN.test(name))) throw new Error(`no column: ${names.join(', ')}`);
  connection
    .prepare<(string | number | null)[]>(
      `update prospect set ${names.map((name) => `${name} = ?`).join(', ')} where id = ?`,
    )
    .run(...columns.values(), person.id);
}
