import { Temporal } from 'temporal-polyfill';
import type { Calendar } from '../dates/calendar.ts';
import { WEEK_DAYS } from '../limits/caps.ts';
import { campaignAsSender } from '../limits/sender.ts';
import type { BreachRow, CapOfDay, Judges } from '../ports/verify.ts';
import type { Breach } from './checks.ts';

const MINUTE_MS = 60_000;

/**
 * Sends of a sender a day and in seven days, and of a campaign a day, against the caps that were in force on the day. A send counts on the day
 * it went out, or of its call while its fate is open; a day without a row had no caps. E-mail and SMS only: LinkedIn texts go out when a person says so.
 * @param zone the sender's: the workspace's time zone
 */
export function createCapJudge(calendar: Calendar, zone: string): Pick<Judges, 'countSend' | 'exceeded'> {
  const sends = new Map<string, number>();
  const dates = new Map<number, string>();
  // Midnights are whole minutes, and a tick sends many within one.
  const dateOf = (at: number): string => {
    const minute = Math.floor(at / MINUTE_MS) * MINUTE_MS;
    const date = dates.get(minute) ?? calendar.dateOf(minute, zone);
    dates.set(minute, date);
    return date;
  };
  const onDate = (sender: string, lane: string, date: string): number =>
    sends.get(keyOf(sender, lane, date)) ?? 0;
  const inWeekTo = ({ sender, lane, date }: CapOfDay): number => {
    const last = Temporal.PlainDate.from(date);
    const days = Array.from({ length: WEEK_DAYS }, (_, back) => last.subtract({ days: back }).toString());
    return days.reduce((sum, day) => sum + onDate(sender, lane, day), 0);
  };
  return {
    countSend({ sender, campaignId, channel, claimedAt, sentAt }) {
      const date = dateOf(sentAt ?? claimedAt);
      for (const owner of [sender, campaignAsSender(campaignId)]) {
        if (owner === null) continue;
        const key = keyOf(owner, channel, date);
        sends.set(key, (sends.get(key) ?? 0) + 1);
      }
    },
    exceeded: (caps) =>
      caps
        .filter(({ lane }) => lane === 'email' || lane === 'sms')
        .flatMap((cap) => [
          ...over('over_day_cap', cap, onDate(cap.sender, cap.lane, cap.date), cap.dayCap),
          // A week that is over a cap lowered since is no breach of a day on which nothing went out.
          ...(onDate(cap.sender, cap.lane, cap.date) > 0
            ? over('over_week_cap', cap, inWeekTo(cap), cap.weekCap)
            : []),
        ]),
  };
}

const keyOf = (sender: string, lane: string, date: string): string => `${lane} ${date} ${sender}`;

function over(
  code: Breach,
  { sender, lane, date }: CapOfDay,
  count: number,
  cap: number | null,
): BreachRow[] {
  if (cap === null || count <= cap) return [];
  const detail = `${lane} of ${sender}, ${date}: ${count} sends, cap ${cap}`;
  return [{ code, messageId: null, enrolmentId: null, prospectId: null, campaignId: null, detail }];
}
