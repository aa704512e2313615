import type { SuppressionKey } from '../engine/model.ts';
import type { Listing, ListingResult } from '../engine/ports/people.ts';
import type { Connection } from './connection.ts';

interface Known {
  expiresAt: number | null;
}

/**
 * Puts entries on the blacklist; inside write(). An entry that stands keeps its reason and date, and is never cut
 * short; one that has expired begins anew, and what makes it last for good is what is known of it from then on.
 */
export function entryWriter(connection: Connection): (key: SuppressionKey, by: Listing) => ListingResult {
  const find = connection.prepare<[string, string], Known>(
    'select expires_at as expiresAt from suppression where kind = ? and value = ?',
  );
  const put = connection.prepare<[string, string, string, string, number, number | null]>(
    `insert or replace into suppression (kind, value, reason, source, created_at, expires_at)
     values (?, ?, ?, ?, ?, ?)`,
  );
  const extend = connection.prepare<[number, string, string]>(
    'update suppression set expires_at = ? where kind = ? and value = ?',
  );
  return ({ kind, value }, { reason, source, now, expiresAt = null }) => {
    const known = find.get(kind, value);
    if (!known || hasExpired(known, now)) {
      put.run(kind, value, reason, source, now, expiresAt);
      return known ? 'renewed' : 'added';
    }
    if (known.expiresAt === null || (expiresAt !== null && expiresAt <= known.expiresAt)) return 'known';
    if (expiresAt === null) put.run(kind, value, reason, source, now, null);
    else extend.run(expiresAt, kind, value);
    return 'renewed';
  };
}

const hasExpired = ({ expiresAt }: Known, now: number): boolean => expiresAt !== null && expiresAt <= now;
