import type { Calendar } from '../dates/calendar.ts';
import type { Call, Judges } from '../ports/verify.ts';
import { readAllowed } from './allowed.ts';

/** No day is longer, not even the one on which summer time ends. */
const LONGEST_DAY_MS = 25 * 3_600_000;

/**
 * Two calls for one person: never under one key, and on one day only those of one step (`also`). The day is that of
 * the zone in which the later one was judged. Calls must come person by person, in order.
 * @param zone of messages that did not note theirs
 */
export function createSequenceJudge(calendar: Calendar, zone: string): Judges['sequence'] {
  let before: Call | null = null;
  const zones = new Map<string, string>();
  const zoneOf = (allowed: string | null): string => {
    if (allowed === null) return zone;
    let found = zones.get(allowed);
    if (found === undefined) {
      found = readAllowed(allowed)?.place.zone ?? zone;
      zones.set(allowed, found);
    }
    return found;
  };
  return (call) => {
    const previous = before;
    before = call;
    if (previous?.prospectId !== call.prospectId) return null;
    if (previous.idempotencyKey !== null && previous.idempotencyKey === call.idempotencyKey)
      return 'twice_under_one_key';
    if (previous.enrolmentId === call.enrolmentId && previous.step === call.step) return null;
    if (call.claimedAt - previous.claimedAt >= LONGEST_DAY_MS) return null;
    const where = zoneOf(call.allowed);
    return calendar.dateOf(previous.claimedAt, where) === calendar.dateOf(call.claimedAt, where)
      ? 'two_on_one_day'
      : null;
  };
}
