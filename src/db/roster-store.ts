import { mergePerson } from '../engine/import/merge.ts';
import { PROSPECT_FIELDS, type Prospect } from '../engine/model.ts';
import type { NormalisedRow } from '../engine/ports/imports.ts';
import type { Roster, RosterStore } from '../engine/ports/roster.ts';
import type { Connection } from './connection.ts';
import { erasedRows } from './gdpr/erased-rows.ts';
import { leftOut } from './left-out.ts';
import { prospectsById } from './prospect-rows.ts';

/** @param clock UTC ms */
export function createRosterStore(connection: Connection, clock: () => number): RosterStore {
  const inBase = baseLookUp(connection);
  return {
    people: async (ids) => prospectsById(connection, ids),
    async afterImport(rows, roster) {
      const erased = erasedRows(connection, rows, clock());
      for (const row of rows) if (!erased.has(row)) take(row, roster, inBase);
      return erased.size;
    },
    async leftOut(people, { mode, scenario, too }) {
      const reasonFor = leftOut(connection, {
        campaign: { id: null, mode },
        ...{ scenario, too, prospects: people, now: clock() },
      });
      return new Map(people.map((person) => [person.id, reasonFor(person)]));
    },
    changes: async () => Number(connection.pragma('data_version', { simple: true })),
    connected: async (ids) =>
      new Set(connection.prepare<[string], number>(CONNECTED).pluck().all(JSON.stringify(ids))),
  };
}

/** An acceptance that a rehearsal made up is none. */
const CONNECTED = `select distinct prospect_id from event
  where prospect_id in (select value from json_each(?)) and type in ('accepted', 'connected')
    and coalesce((select mode from campaign where id = campaign_id), 'live') = 'live'`;

type LookUp = (keys: readonly string[]) => Prospect | undefined;

/** By the first of the keys that somebody of the base has. */
function baseLookUp(connection: Connection): LookUp {
  const by: Record<string, (value: string) => number | undefined> = Object.fromEntries(
    Object.entries({ email: 'email', linkedin: 'linkedin', phone: 'phone_key' }).map(([key, column]) => {
      const find = connection
        .prepare<[string], number>(`select id from prospect where ${column} = ?`)
        .pluck();
      return [key, (value: string) => find.get(value)];
    }),
  );
  return (keys) => {
    for (const key of keys) {
      const at = key.indexOf(':');
      const id = by[key.slice(0, at)]?.(key.slice(at + 1));
      if (id !== undefined) return prospectsById(connection, [id])[0];
    }
    return undefined;
  };
}

function take(row: NormalisedRow, { people, byKey }: Roster, inBase: LookUp): void {
  const keys = keysOf(row);
  const met = keys.flatMap((key) => byKey.get(key) ?? [])[0];
  const found = met === undefined ? inBase(keys) : people.get(met);
  const known = found && (people.get(found.id) ?? found);
  const person = known
    ? completed(known, row)
    : { ...row.facts, id: numberFor(people), custom: row.custom ?? {}, companyKey: row.companyKey };
  people.set(person.id, person);
  for (const key of keys) if (!byKey.has(key)) byKey.set(key, person.id);
}

/** No number of the base, and no other's. */
const numberFor = (people: Roster['people']): number => -1 - people.size;

const keysOf = ({ facts, phoneKey, otherPhoneKey }: NormalisedRow): string[] =>
  [
    ['email', facts.email],
    ['linkedin', facts.linkedin],
    ['phone', phoneKey],
    ['phone', otherPhoneKey],
  ].flatMap(([kind, value]) => (value === null ? [] : [`${kind}:${value}`]));

/** As an import fills what is empty, and overwrites nothing. */
function completed(known: Prospect, row: NormalisedRow): Prospect {
  const { id, custom, companyKey, ...facts } = known;
  const stored = { facts, custom, companyKey, phoneKey: null };
  const { changes } = mergePerson(stored, row, { update: false, taken: () => true });
  if (!changes) return known;
  const after = { ...known, custom: { ...custom, ...(row.custom ?? {}), ...custom } };
  for (const field of PROSPECT_FIELDS)
    if (Object.hasOwn(changes.after, field)) after[field] = changes.after[field] ?? null;
  after.companyKey = changes.after.company_key ?? companyKey;
  return after;
}
