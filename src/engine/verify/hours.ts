import type { Calendar } from '../dates/calendar.ts';
import type { Call, Judges } from '../ports/verify.ts';
import { type AllowedBy, readAllowed } from './allowed.ts';

/** Windows, days and zones begin and end on a minute. */
const MINUTE_MS = 60_000;

interface Judged {
  allowed: AllowedBy | null;
  /** Whole minutes that were asked for, and whether the window was open: a tick sends many within one. */
  minutes: Map<number, boolean>;
}

/** Was the call made while the window it was claimed by was open, holidays and the law of SMS included? */
export function createHoursJudge(calendar: Calendar): Judges['hours'] {
  // Thousands of messages share a handful of windows.
  const known = new Map<string, Judged>();
  return ({ allowed: text, channel, claimedAt }: Call) => {
    if (text === null) return 'unknown';
    const key = `${channel} ${text}`;
    const judged = known.get(key) ?? { allowed: readAllowed(text), minutes: new Map<number, boolean>() };
    known.set(key, judged);
    if (judged.allowed === null) return 'unknown';
    const minute = Math.floor(claimedAt / MINUTE_MS) * MINUTE_MS;
    let open = judged.minutes.get(minute);
    if (open === undefined) {
      const { window, place } = judged.allowed;
      open = calendar.nextOpening(minute, window, place, channel) === minute;
      judged.minutes.set(minute, open);
    }
    return open ? 'inside' : 'outside';
  };
}
