import type { Calendar } from '../dates/calendar.ts';
import { type Caps, capsOn, type RampPoint, WEEK_DAYS } from '../limits/caps.ts';
import type { LinkedinSends } from '../ports/linkedin-session.ts';
import type { CampaignLane } from '../ports/tasks.ts';
import type { OwnLimits } from '../ports/ticks.ts';

/** Invitations, or messages, of today and of seven days with today, against their caps of today; null: no cap. */
export interface LinkedinRoom {
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

/** From when on they count for the cap of seven days: six days ago, at midnight. */
export const weekStart = (now: number, { calendar, zone }: Pick<RoomRules, 'calendar' | 'zone'>): number =>
  calendar.startOfDaysAgo(now, WEEK_DAYS - 1, zone);

/** @param sentAt those since `weekStart`, oldest first */
export function linkedinRoom(
  { sentAt, firstAt }: { sentAt: readonly number[]; firstAt: LinkedinSends['firstAt'] },
  { caps, ramp, calendar, zone }: RoomRules,
  now: number,
): LinkedinRoom {
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

/** When the one whose place is needed is out of the seven days; tomorrow where the cap is nothing at all. */
function leaves(
  at: number | undefined,
  now: number,
  { calendar, zone }: Pick<RoomRules, 'calendar' | 'zone'>,
): number {
  if (at === undefined) return calendar.endOfDay(now, zone);
  return calendar.startOfDaysAgo(at, -WEEK_DAYS, zone);
}

/** Campaigns whose own cap of the day is reached: what a person sends counts, not what waits for them. */
export const fullCampaigns = (
  own: readonly Pick<OwnLimits, 'id' | 'name' | 'caps'>[],
  sends: LinkedinSends['sends'],
  today: number,
): FullCampaign[] =>
  own.flatMap(({ id, name, caps }) =>
    [true, false].flatMap((invitation) => {
      const cap = caps[invitation ? 'invitation' : 'linkedin'];
      const used = sends.filter(
        (each) => each.campaignId === id && each.invitation === invitation && each.at >= today,
      ).length;
      return cap !== undefined && used >= cap ? [{ campaignId: id, name, invitation, used, cap }] : [];
    }),
  );

export interface FullCampaign extends CampaignLane {
  name: string;
  used: number;
  cap: number;
}
