import type { SuppressionKey, SuppressionKind } from '../engine/model.ts';
import type { Connection } from './connection.ts';

/** Keys asked in one query; a person has about six. */
const KEYS_A_QUERY = 20_000;

/**
 * Which of these people are on the blacklist, and by which entry: the first of their keys that is listed. One
 * query for thousands of people; with an empty blacklist, one query that reads nothing else.
 * @param items keys as engine/suppression.ts gives them, most telling first
 */
export function findSuppressed(
  connection: Connection,
  items: readonly { id: number; keys: readonly SuppressionKey[] }[],
): Map<number, SuppressionKey> {
  const found = new Map<number, SuppressionKey>();
  const listed = listedKeys(
    connection,
    items.flatMap((item) => item.keys),
  );
  if (listed.size === 0) return found;
  for (const { id, keys } of items) {
    const hit = keys.find((key) => listed.has(tag(key)));
    if (hit) found.set(id, hit);
  }
  return found;
}

interface Entry {
  kind: SuppressionKind;
  value: string;
}

function listedKeys(connection: Connection, keys: readonly SuppressionKey[]): Set<string> {
  const listed = new Set<string>();
  if (keys.length === 0 || isEmpty(connection)) return listed;
  // The list of keys is the outer loop: each is one probe of the primary key, however long the blacklist is.
  const probe = connection.prepare<[string], Entry>(
    `select s.kind, s.value from json_each(?) as k
     cross join suppression as s on s.kind = k.value ->> 0 and s.value = k.value ->> 1`,
  );
  for (let from = 0; from < keys.length; from += KEYS_A_QUERY) {
    const chunk = keys.slice(from, from + KEYS_A_QUERY).map(({ kind, value }) => [kind, value]);
    for (const entry of probe.iterate(JSON.stringify(chunk))) listed.add(tag(entry));
  }
  return listed;
}

const isEmpty = (connection: Connection): boolean =>
  connection.prepare('select 1 from suppression limit 1').get() === undefined;

const tag = ({ kind, value }: SuppressionKey): string => `${kind}:${value}`;
