import { Temporal } from 'temporal-polyfill';
import { parsePeriod, shift } from '../dates/period.ts';
import type { Parsed } from '../dates/window.ts';
import { readDate } from '../import/date.ts';

const ALLOWED = 'allowed: a date (2027-01-31, 31/01/2027) or a period (90d, 6w, 18m, 3y)';

/**
 * Until when an entry forbids: the end of a day in the zone, a period from now, or an exact instant. UTC ms.
 * @param by `now` in UTC ms; what is past is refused
 */
export function parseExpiry(text: string, by: { now: number; timezone: string }): Parsed<number> {
  const at = instantOf(text.trim(), by);
  if (at === null) return { ok: false, problem: `no expiry: "${text}"; ${ALLOWED}` };
  if (at <= by.now) return { ok: false, problem: `an expiry in the past: "${text}"` };
  return { ok: true, value: at };
}

function instantOf(typed: string, { now, timezone }: { now: number; timezone: string }): number | null {
  const period = parsePeriod(typed);
  if (period.ok) return shift(now, period.value, timezone, 1);
  if (/^\d{4}-\d{2}-\d{2}T.*(?:Z|[+-]\d{2}:\d{2})$/.test(typed)) {
    const at = Date.parse(typed);
    return Number.isNaN(at) ? null : at;
  }
  const date = readDate(typed)?.slice(0, 10);
  return date === undefined ? null : endOfDay(date, timezone);
}

function endOfDay(date: string, zone: string): number | null {
  try {
    return Temporal.PlainDate.from(date, { overflow: 'reject' })
      .add({ days: 1 })
      .toZonedDateTime({ timeZone: zone }).epochMilliseconds;
  } catch {
    return null;
  }
}
