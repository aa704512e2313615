import type { Prospect } from '../engine/model.ts';
import type { StoppedCounts } from '../engine/ports/people.ts';
import { suppressionKeys } from '../engine/suppression.ts';
import { type Connection, write } from './connection.ts';
import { stopEnrolments } from './stop.ts';
import { findSuppressed } from './suppression-lookup.ts';

/**
 * An import may have given people facts that are on the blacklist, and while a person is awaited no tick looks at
 * them. True when somebody was stopped.
 */
export function stopSuppressed(connection: Connection, prospects: readonly Prospect[], now: number): boolean {
  const people = prospects.map((prospect) => ({ id: prospect.id, keys: suppressionKeys(prospect) }));
  const prospectIds = [...findSuppressed(connection, people, now).keys()];
  if (prospectIds.length === 0) return false;
  stopBlacklisted(connection, prospectIds, now);
  return true;
}

/** Ends everything that is open of these people, who are on the blacklist. */
export const stopBlacklisted = (
  connection: Connection,
  prospectIds: readonly number[],
  now: number,
): StoppedCounts =>
  write(connection, () =>
    stopEnrolments(connection, {
      ...{ prospectIds, status: 'stopped', reason: 'blacklisted', event: 'blacklisted', now },
    }),
  );
