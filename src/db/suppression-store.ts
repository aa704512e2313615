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
    matching: async (keys) => matchingPeople(connection, keys),
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

/**
 * Entries of many causes in one transaction: whom they match is looked for once, since that reads the whole base. Inside
 * write(), to whose end `stopMatched` belongs.
 */
export class SuppressionsTogether {
  readonly #connection: Connection;
  readonly #now: number;
  readonly #list: ReturnType<typeof entryWriter>;
  #keys: SuppressionKey[] = [];

  constructor(connection: Connection, now: number) {
    this.#connection = connection;
    this.#now = now;
    this.#list = entryWriter(connection);
  }

  /** @returns those that are new */
  add(keys: readonly SuppressionKey[], by: Listing): SuppressionKey[] {
    this.#keys.push(...keys);
    return keys.filter((key) => this.#list(key, by) === 'added');
  }

  /** Also for what was there before: who has come into the base since is stopped as well. */
  stopMatched(): void {
    if (this.#keys.length === 0) return;
    stopBlacklisted(this.#connection, peopleMatching(this.#connection, this.#keys), this.#now);
    this.#keys = [];
  }
}

function matchingPeople(
  connection: Connection,
  keys: readonly SuppressionKey[],
): { people: number; underWay: number } {
  const ids = peopleMatching(connection, keys);
  const underWay = connection
    .prepare<[string], number>(
      `select count(distinct prospect_id) from enrolment
       where prospect_id in (select value from json_each(?)) and status in ('active', 'paused')`,
    )
    .pluck()
    .get(JSON.stringify(ids));
  return { people: ids.length, underWay: underWay ?? 0 };
}

function removeSuppressions(connection: Connection, keys: readonly SuppressionKey[]): SuppressionKey[] {
  const remove = connection.prepare<[string, string]>('delete from suppression where kind = ? and value = ?');
  return keys.filter(({ kind, value }) => remove.run(kind, value).changes > 0);
}
