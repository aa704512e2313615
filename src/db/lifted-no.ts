import type { Prospect, SuppressionKey } from '../engine/model.ts';
import { suppressionKeys } from '../engine/suppression.ts';
import type { Connection } from './connection.ts';
import { disguiser } from './suppression-disguise.ts';
import { STANDING } from './suppression-lookup.ts';

type Addresses = Pick<Prospect, 'email' | 'phone' | 'mobile' | 'linkedin' | 'siren'>;

/** The entry that forbids longest, and until when; Infinity: for good. */
interface Cover {
  until: number;
  by: SuppressionKey | null;
}

/**
 * A no holds for the person: whoever's addresses change must be covered by the blacklist at least as long as before.
 * The entry that would be lost, or null. What it needs is looked up once: for one transaction.
 * @param now UTC ms
 */
export function liftedNo(
  connection: Connection,
  now: number,
): (before: Addresses, after: Addresses) => SuppressionKey | null {
  const find = connection.prepare<[string, string, number], { until: number | null }>(
    `select expires_at as until from suppression where kind = ? and value = ? and ${STANDING}`,
  );
  let withDisguises: ReturnType<typeof disguiser> | null = null;
  const coverOf = (person: Addresses): Cover => {
    withDisguises ??= disguiser(connection);
    let cover: Cover = { until: 0, by: null };
    for (const by of withDisguises(suppressionKeys(person))) {
      const entry = find.get(by.kind, by.value, now);
      const until = entry === undefined ? 0 : (entry.until ?? Number.POSITIVE_INFINITY);
      if (until > cover.until) cover = { until, by };
    }
    return cover;
  };
  return (before, after) => {
    if (ADDRESSES.every((field) => before[field] === null || before[field] === after[field])) return null;
    const cover = coverOf(before);
    return cover.until > coverOf(after).until ? cover.by : null;
  };
}

/** What the blacklist may know a person by. */
export const ADDRESSES = ['email', 'phone', 'mobile', 'linkedin', 'siren'] as const;
