import type { SuppressionKey } from '../engine/model.ts';
import type { BlacklistEntry, BlacklistFilter } from '../engine/ports/people.ts';
import { folded } from '../engine/suggest.ts';
import type { Connection } from './connection.ts';
import { defineFolded, foldedSql } from './prospect-rows.ts';
import { disguiser } from './suppression-disguise.ts';
import { STANDING } from './suppression-lookup.ts';

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

/** The entries for these keys, as they are or hashed, in the order of the keys; expired ones as well. */
export function findEntries(connection: Connection, keys: readonly SuppressionKey[]): BlacklistEntry[] {
  const find = connection.prepare<[string, string], BlacklistEntry>(
    `select ${COLUMNS} from suppression where kind = ? and value = ?`,
  );
  return disguiser(connection)(keys).flatMap(({ kind, value }) => find.get(kind, value) ?? []);
}

/** Those that stand. */
export const standing = (entries: readonly BlacklistEntry[], now: number): BlacklistEntry[] =>
  entries.filter(({ expiresAt }) => expiresAt === null || expiresAt > now);
