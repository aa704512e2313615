import type { Calendar } from '../dates/calendar.ts';

export interface ConnectionFacts {
  /** Our invitations that were really sent, UTC ms. */
  invitedAt: readonly number[];
  /** The connection is recorded already, as accepted or as there before. */
  known: boolean;
}

export type ConnectionVerdict =
  | { do: 'nothing' }
  /** An invitation of ours was accepted. */
  | { do: 'accepted'; at: number; invitedAt: number }
  /** There before, or by an invitation that we know nothing of. */
  | { do: 'connected'; at: number };

const HALF_A_DAY_MS = 12 * 3_600_000;

/**
 * What a date of Connections.csv says. The file gives a day without an hour or a zone: an invitation of the same day, in
 * our zone or in UTC, came before; the instant is noon of that day, but never before the invitation, and never later
 * than now.
 * @param on ISO date
 * @param zone of the workspace
 */
export function judgeConnection(
  on: string,
  facts: ConnectionFacts,
  { calendar, zone, now }: { calendar: Calendar; zone: string; now: number },
): ConnectionVerdict {
  if (facts.known) return { do: 'nothing' };
  const midnight = calendar.startOfDate(on, zone);
  const noon = midnight === null ? now : Math.min(midnight + HALF_A_DAY_MS, now);
  const before = facts.invitedAt.filter(
    (at) => calendar.dateOf(at, zone) <= on || calendar.dateOf(at, 'UTC') <= on,
  );
  if (before.length === 0) return { do: 'connected', at: noon };
  const invitedAt = Math.max(...before);
  return { do: 'accepted', at: Math.max(noon, invitedAt), invitedAt };
}
