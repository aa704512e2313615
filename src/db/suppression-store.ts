import type { SuppressionKey } from '../engine/model.ts';
import type { BlacklistEntry, StoppedCounts, SuppressionStore } from '../engine/ports/people.ts';
import { type Connection, write } from './connection.ts';
import { stopEnrolments } from './stop.ts';
import { findSuppressed } from './suppression-lookup.ts';

export function createSuppressionStore(connection: Connection): SuppressionStore {
  return {
    add: async (keys, by) => write(connection, () => addSuppressions(connection, keys, by)),
    remove: async (keys) => write(connection, () => removeSuppressions(connection, keys)),
    list: async () => allEntries(connection),
    entries: async (keys) => findEntries(connection, keys),
    suppressed: async (items) => findSuppressed(connection, items),
  };
}

export interface AddedSuppressions {
  added: SuppressionKey[];
  known: SuppressionKey[];
  /** People in the base whom the entries match, stopped or not. */
  matched: number;
  stopped: StoppedCounts;
}

/** To be called inside write(), when the entries have a cause that belongs to the same transaction. */
export function addSuppressions(
  connection: Connection,
  keys: readonly SuppressionKey[],
  by: { reason: string; source: string; now: number },
): AddedSuppressions {
  const insert = connection.prepare<[string, string, string, string, number]>(
    'insert into suppression (kind, value, reason, source, created_at) values (?, ?, ?, ?, ?) on conflict do nothing',
  );
  const added: SuppressionKey[] = [];
  const known: SuppressionKey[] = [];
  for (const key of keys) {
    const { changes } = insert.run(key.kind, key.value, by.reason, by.source, by.now);
    (changes > 0 ? added : known).push(key);
  }
  const prospectIds = peopleMatching(connection, keys);
  const stopped = stopEnrolments(connection, {
    prospectIds,
    status: 'stopped',
    reason: 'blacklisted',
    event: 'blacklisted',
    now: by.now,
  });
  return { added, known, matched: prospectIds.length, stopped };
}

function removeSuppressions(connection: Connection, keys: readonly SuppressionKey[]): SuppressionKey[] {
  const remove = connection.prepare<[string, string]>('delete from suppression where kind = ? and value = ?');
  return keys.filter(({ kind, value }) => remove.run(kind, value).changes > 0);
}

const COLUMNS = 'kind, value, reason, source, created_at as createdAt';

const allEntries = (connection: Connection): BlacklistEntry[] =>
  connection
    .prepare<[], BlacklistEntry>(`select ${COLUMNS} from suppression order by created_at, kind, value`)
    .all();

export function findEntries(connection: Connection, keys: readonly SuppressionKey[]): BlacklistEntry[] {
  const find = connection.prepare<[string, string], BlacklistEntry>(
    `select ${COLUMNS} from suppression where kind = ? and value = ?`,
  );
  return keys.flatMap(({ kind, value }) => find.get(kind, value) ?? []);
}

/**
 * Everyone these entries match. E-mail and LinkedIn are probes of an index; phones, domains and SIRENs have none
 * and share one pass over the table, which a blacklisting by hand can afford.
 */
function peopleMatching(connection: Connection, keys: readonly SuppressionKey[]): number[] {
  const values = (kind: SuppressionKey['kind']) =>
    JSON.stringify(keys.filter((key) => key.kind === kind).map((key) => key.value));
  const ids = new Set<number>();
  const collect = (sql: string, ...parameters: string[]) => {
    for (const { id } of connection.prepare<string[], { id: number }>(sql).iterate(...parameters))
      ids.add(id);
  };
  collect('select id from prospect where email in (select value from json_each(?))', values('email'));
  collect('select id from prospect where linkedin in (select value from json_each(?))', values('linkedin'));
  if (keys.some(({ kind }) => kind !== 'email' && kind !== 'linkedin'))
    collect(SCAN, values('phone'), values('phone'), values('siren'), values('domain'));
  return [...ids].sort((a, b) => a - b);
}

/** The ends of the address are compared, not patterns: nothing in a domain can act as a wildcard. */
const SCAN = `select id from prospect where
  phone in (select value from json_each(?)) or mobile in (select value from json_each(?))
  or siren in (select value from json_each(?))
  or (email is not null and exists (
    select 1 from json_each(?) where substr(email, -length(value) - 1) in ('@' || value, '.' || value)))`;
