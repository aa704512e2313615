import type { SuppressionKey } from '../engine/model.ts';
import type { ListedKeys, Listing, ListingResult, SuppressionStore } from '../engine/ports/people.ts';
import { type Connection, write } from './connection.ts';
import { stopBlacklisted } from './stop-suppressed.ts';
import { hashed, isPlain } from './suppression-disguise.ts';
import { allEntries, findEntries } from './suppression-entries.ts';
import { findSuppressed } from './suppression-lookup.ts';
import { peopleBehind, peopleMatching } from './suppression-people.ts';
import { entryWriter } from './suppression-writer.ts';

/** @param clock UTC ms */
export function createSuppressionStore(connection: Connection, clock: () => number): SuppressionStore {
  return {
    async add(keys, by) {
      const behind = peopleBehind(connection, keys);
      return write(connection, () => addSuppressions(connection, keys, by, behind));
    },
    remove: async (keys) => write(connection, () => removeSuppressions(connection, keys)),
    async *list(filter) {
      yield* allEntries(connection, filter, clock());
    },
    entries: async (keys) => findEntries(connection, keys),
    hashed: (key, hash) => (isPlain(key) ? hashed(key, hash) : { kind: key.kind, value: key.value }),
    suppressed: async (items) => findSuppressed(connection, items, clock()),
  };
}

/**
 * To be called inside write(), when the entries have a cause that belongs to the same transaction.
 * @param behind people whom hashed entries among these match, looked up before
 */
export function addSuppressions(
  connection: Connection,
  keys: readonly SuppressionKey[],
  by: Listing,
  behind: readonly number[] = [],
): ListedKeys {
  const list = entryWriter(connection);
  const listed: Record<ListingResult, SuppressionKey[]> = { added: [], renewed: [], known: [] };
  for (const key of keys) listed[list(key, by)].push(key);
  const prospectIds = [...new Set([...peopleMatching(connection, keys), ...behind])];
  const stopped = stopBlacklisted(connection, prospectIds, by.now);
  return { ...listed, matched: prospectIds.length, stopped };
}

function removeSuppressions(connection: Connection, keys: readonly SuppressionKey[]): SuppressionKey[] {
  const remove = connection.prepare<[string, string]>('delete from suppression where kind = ? and value = ?');
  return keys.filter(({ kind, value }) => remove.run(kind, value).changes > 0);
}
