import type { SuppressionKey } from '../engine/model.ts';
import type { ListedKeys, Listing, ListingResult, SuppressionStore } from '../engine/ports/people.ts';
import { type Connection, write } from './connection.ts';
import { stopEnrolments } from './stop.ts';
import { hashed, isPlain } from './suppression-disguise.ts';
import { allEntries, findEntries } from './suppression-entries.ts';
import { findSuppressed } from './suppression-lookup.ts';
import { peopleMatching } from './suppression-people.ts';
import { entryWriter } from './suppression-writer.ts';

/** @param clock UTC ms */
export function createSuppressionStore(connection: Connection, clock: () => number): SuppressionStore {
  return {
    add: async (keys, by) => write(connection, () => addSuppressions(connection, keys, by)),
    remove: async (keys) => write(connection, () => removeSuppressions(connection, keys)),
    async *list(filter) {
      yield* allEntries(connection, filter, clock());
    },
    entries: async (keys) => findEntries(connection, keys),
    hashed: (key, hash) => (isPlain(key) ? hashed(key, hash) : { kind: key.kind, value: key.value }),
    suppressed: async (items) => findSuppressed(connection, items, clock()),
  };
}

/** To be called inside write(), when the entries have a cause that belongs to the same transaction. */
export function addSuppressions(
  connection: Connection,
  keys: readonly SuppressionKey[],
  by: Listing,
): ListedKeys {
  const list = entryWriter(connection);
  const listed: Record<ListingResult, SuppressionKey[]> = { added: [], renewed: [], known: [] };
  for (const key of keys) listed[list(key, by)].push(key);
  const prospectIds = peopleMatching(connection, keys);
  const stopped = stopEnrolments(connection, {
    prospectIds,
    status: 'stopped',
    reason: 'blacklisted',
    event: 'blacklisted',
    now: by.now,
  });
  return { ...listed, matched: prospectIds.length, stopped };
}

function removeSuppressions(connection: Connection, keys: readonly SuppressionKey[]): SuppressionKey[] {
  const remove = connection.prepare<[string, string]>('delete from suppression where kind = ? and value = ?');
  return keys.filter(({ kind, value }) => remove.run(kind, value).changes > 0);
}
