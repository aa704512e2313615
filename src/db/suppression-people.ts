import type { Prospect, SuppressionKey } from '../engine/model.ts';
import type { StoppedCounts } from '../engine/ports/people.ts';
import { suppressionKeys } from '../engine/suppression.ts';
import type { Connection } from './connection.ts';
import { stopBlacklisted } from './stop-suppressed.ts';
import { disguiseOf, disguiser, isDisguised } from './suppression-disguise.ts';
import { findSuppressed, tag } from './suppression-lookup.ts';

type Addressed = Pick<Prospect, 'id' | 'email' | 'phone' | 'mobile' | 'linkedin' | 'siren'>;

const ADDRESSED = 'select id, email, phone, mobile, linkedin, siren from prospect';

/**
 * Everyone these readable entries match. E-mail and LinkedIn are probes of an index; phones, domains and SIRENs have
 * none and share one pass over the table, which a blacklisting by hand can afford.
 */
export function peopleMatching(connection: Connection, keys: readonly SuppressionKey[]): number[] {
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

/**
 * Everyone these hashed entries match. Nothing tells whose a hash is: everybody's addresses of that kind are hashed and
 * compared, which takes a while, and is no work for a transaction that others wait for.
 */
export function peopleBehind(connection: Connection, keys: readonly SuppressionKey[]): number[] {
  const hidden = keys.filter(isDisguised);
  if (hidden.length === 0) return [];
  const wanted = new Set(hidden.map(tag));
  const withDisguises = disguiser(connection, new Set(hidden.map(disguiseOf)));
  const found: number[] = [];
  for (const person of connection.prepare<[], Addressed>(ADDRESSED).iterate())
    if (withDisguises(suppressionKeys(person)).some((key) => wanted.has(tag(key)))) found.push(person.id);
  return found;
}

/** People looked up, and stopped, in one transaction. */
const PAGE = 2000;

/**
 * Stops everybody whom the blacklist matches as it is now: after a list was taken in.
 * @param stop what is done with them; in a dry run they are only counted
 */
export function stopEverySuppressed(
  connection: Connection,
  now: number,
  stop: typeof stopBlacklisted = stopBlacklisted,
): { matched: number; stopped: StoppedCounts } {
  const page = connection.prepare<[number, number], Addressed>(
    `${ADDRESSED} where id > ? order by id limit ?`,
  );
  const stopped = { people: 0, enrolments: 0, messages: 0 };
  let matched = 0;
  for (let people = page.all(0, PAGE); people.length > 0; people = page.all(people.at(-1)?.id ?? 0, PAGE)) {
    const keyed = people.map((person) => ({ id: person.id, keys: suppressionKeys(person) }));
    const prospectIds = [...findSuppressed(connection, keyed, now).keys()];
    if (prospectIds.length === 0) continue;
    matched += prospectIds.length;
    const counts = stop(connection, prospectIds, now);
    for (const what of ['people', 'enrolments', 'messages'] as const) stopped[what] += counts[what];
  }
  return { matched, stopped };
}
