import type { Calendar } from '../dates/calendar.ts';
import { type Caps, capsOn, type RampPoint } from '../limits/caps.ts';
import type { SentInvitations } from '../ports/linkedin-session.ts';

/** Invitations of today and of seven days with today, against their caps of today; a cap that is null is none. */
export interface InvitationRoom {
  day: { used: number; cap: number | null };
  week: { used: number; cap: number | null };
  /** Null: there is room. Else from when on there is again, UTC ms, the midnight that begins that day. */
  againAt: number | null;
}

interface RoomRules {
  caps: Caps;
  ramp: readonly RampPoint[];
  calendar: Calendar;
  /** Whose midnight ends a day of the caps. */
  zone: string;
}

const DAY_MS = 86_400_000;
const WEEK_DAYS = 7;

/** From when on invitations count for the cap of seven days: six days ago, at midnight. */
export const weekStart = (now: number, { calendar, zone }: Pick<RoomRules, 'calendar' | 'zone'>): number =>
  calendar.startOfDay(now - (WEEK_DAYS - 1) * DAY_MS, zone);

/** @param sent those since `weekStart` */
export function invitationRoom(
  { sentAt, firstAt }: SentInvitations,
  { caps, ramp, calendar, zone }: RoomRules,
  now: number,
): InvitationRoom {
  const nth = firstAt === null ? 1 : calendar.daysBetween(firstAt, now, zone) + 1;
  const { day, week } = capsOn(caps, ramp, nth);
  const today = calendar.startOfDay(now, zone);
  const usedToday = sentAt.filter((at) => at >= today).length;
  const room = { day: { used: usedToday, cap: day }, week: { used: sentAt.length, cap: week } };
  if (week !== null && sentAt.length >= week)
    return { ...room, againAt: leaves(sentAt[sentAt.length - week], now, { calendar, zone }) };
  const full = day !== null && usedToday >= day;
  return { ...room, againAt: full ? calendar.endOfDay(now, zone) : null };
}

/** When the invitation whose place is needed is out of the seven days; tomorrow where the cap is nothing at all. */
function leaves(
  at: number | undefined,
  now: number,
  { calendar, zone }: Pick<RoomRules, 'calendar' | 'zone'>,
): number {
  if (at === undefined) return calendar.endOfDay(now, zone);
  return calendar.startOfDay(calendar.startOfDay(at, zone) + WEEK_DAYS * DAY_MS + DAY_MS / 2, zone);
}
