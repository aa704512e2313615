import type { SuppressionKey } from '../engine/model.ts';
import type { BlacklistEntry, BlacklistFilter } from '../engine/ports/people.ts';
import { folded } from '../engine/suggest.ts';
import type { Connection } from './connection.ts';
import { defineFolded, foldedSql } from './prospect-rows.ts';
import { disguiseOf, disguiser, isDisguised, isPlain } from './suppression-disguise.ts';
import { STANDING, tag } from './suppression-lookup.ts';

const COLUMNS = 'kind, value, reason, source, created_at as createdAt, expires_at as expiresAt';

const TEXT = foldedSql("(value || ' ' || reason || ' ' || source)");

/** Oldest first. Nothing in the words acts as a wildcard. */
export function allEntries(
  connection: Connection,
  { kind, text, expired }: BlacklistFilter,
  now: number,
): IterableIterator<BlacklistEntry> {
  defineFolded(connection);
  const words = text === null ? null : folded(text);
  return connection
    .prepare<[number, string | null, string | null, string | null, string | null], BlacklistEntry>(
      `select ${COLUMNS} from suppression
       where ${expired ? `not ${STANDING}` : STANDING} and (? is null or kind = ?)
         and (? is null or instr(${TEXT}, ?) > 0)
       order by created_at, kind, value`,
    )
    .iterate(now, kind, kind, words, words);
}

/**
 * The entries for these keys, as they are or hashed, in the order of the keys; for a key that is a hash, also those
 * that have it in plain. Expired ones as well.
 */
export function findEntries(connection: Connection, keys: readonly SuppressionKey[]): BlacklistEntry[] {
  const find = connection.prepare<[string, string], BlacklistEntry>(
    `select ${COLUMNS} from suppression where kind = ? and value = ?`,
  );
  const found = disguiser(connection)(keys).flatMap(({ kind, value }) => find.get(kind, value) ?? []);
  return [...found, ...plainBehind(connection, keys.filter(isDisguised))];
}

/** Nothing tells what a hash is of: each readable entry of its kind is hashed and compared. */
function plainBehind(connection: Connection, hidden: readonly SuppressionKey[]): BlacklistEntry[] {
  if (hidden.length === 0) return [];
  const wanted = new Set(hidden.map(tag));
  const withDisguises = disguiser(connection, new Set(hidden.map(disguiseOf)));
  const entries = connection.prepare<[string], BlacklistEntry>(
    `select ${COLUMNS} from suppression where kind in (select value from json_each(?))`,
  );
  const found: BlacklistEntry[] = [];
  for (const entry of entries.iterate(JSON.stringify(hidden.map(({ kind }) => kind))))
    if (isPlain(entry) && withDisguises([entry]).some((key) => wanted.has(tag(key)))) found.push(entry);
  return found;
}

/** Those that stand. */
export const standing = (entries: readonly BlacklistEntry[], now: number): BlacklistEntry[] =>
  entries.filter(({ expiresAt }) => expiresAt === null || expiresAt > now);
