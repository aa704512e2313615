import type { SuppressionKey, SuppressionKind } from '../engine/model.ts';
import type { Connection } from './connection.ts';
import { disguiser } from './suppression-disguise.ts';

/** Keys asked in one query; a person has about six. */
const KEYS_A_QUERY = 20_000;

/** An entry forbids until it expires. */
export const STANDING = '(expires_at is null or expires_at > ?)';

/**
 * Which of these people are on the blacklist, and by which entry: the first of their keys that is listed, as it
 * stands or hashed. One query for thousands of people; with an empty blacklist, one query that reads nothing else.
 * @param items keys as engine/suppression.ts gives them, most telling first
 * @param now UTC ms: what has expired until then forbids nothing
 */
export function findSuppressed(
  connection: Connection,
  items: readonly { id: number; keys: readonly SuppressionKey[] }[],
  now: number,
): Map<number, SuppressionKey> {
  const found = new Map<number, SuppressionKey>();
  if (isEmpty(connection)) return found;
  const withDisguises = disguiser(connection);
  const asked = items.map(({ id, keys }) => ({ id, keys: withDisguises(keys) }));
  const listed = listedKeys(
    connection,
    asked.flatMap((item) => item.keys),
    now,
  );
  if (listed.size === 0) return found;
  for (const { id, keys } of asked) {
    const hit = keys.find((key) => listed.has(tag(key)));
    if (hit) found.set(id, hit);
  }
  return found;
}

/** Of these keys, taken as they are, the entries that stand. */
export function listedKeys(
  connection: Connection,
  keys: readonly SuppressionKey[],
  now: number,
): Set<string> {
  const listed = new Set<string>();
  if (keys.length === 0) return listed;
  // The list of keys is the outer loop: each is one probe of the primary key, however long the blacklist is.
  const probe = connection.prepare<[string, number], { kind: SuppressionKind; value: string }>(
    `select s.kind, s.value from json_each(?) as k
     cross join suppression as s on s.kind = k.value ->> 0 and s.value = k.value ->> 1 where ${STANDING}`,
  );
  for (let from = 0; from < keys.length; from += KEYS_A_QUERY) {
    const chunk = keys.slice(from, from + KEYS_A_QUERY).map(({ kind, value }) => [kind, value]);
    for (const entry of probe.iterate(JSON.stringify(chunk), now)) listed.add(tag(entry));
  }
  return listed;
}

const isEmpty = (connection: Connection): boolean =>
  connection.prepare('select 1 from suppression limit 1').get() === undefined;

export const tag = ({ kind, value }: SuppressionKey): string => `${kind}:${value}`;
