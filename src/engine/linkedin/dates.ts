import { Temporal } from 'temporal-polyfill';

const WORDY = /^(\d{1,2})[ -]([a-z]{3})[a-z]*\.?[ -](\d{4})$/i;
const AMERICAN = /^(\d{1,2})\/(\d{1,2})\/(\d{4}|\d{2})$/;
const ISO = /^(\d{4})-(\d{2})-(\d{2})(?:[T ].*)?$/;
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** `Connected On`: `05 Nov 2023`, `2023-11-05` or `11/5/23` as an ISO date; null for anything else. */
export function connectedOn(text: string): string | null {
  const wordy = WORDY.exec(text);
  if (wordy) return date(wordy[3], MONTHS.indexOf((wordy[2] ?? '').toLowerCase()) + 1, wordy[1]);
  const american = AMERICAN.exec(text);
  if (american) return date(american[3], Number(american[1]), american[2]);
  const iso = ISO.exec(text);
  return iso ? date(iso[1], Number(iso[2]), iso[3]) : null;
}

/** `DATE` of a message: `2026-08-01 02:00:00 UTC`, as UTC ms. */
export function messageAt(text: string): number | null {
  const found = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}(?::\d{2})?)(?:\.\d+)?(?: ?UTC|Z)?$/.exec(text);
  if (!found) return null;
  const at = Date.parse(`${found[1]}T${found[2]}Z`);
  return Number.isNaN(at) || connectedOn(found[1] ?? '') === null ? null : at;
}

const SENT_AT = /^(\d{1,2}\/\d{1,2}\/\d{2,4}),?\s+(\d{1,2}):(\d{2})(?::\d{2})?\s*([ap])\.?m\.?$/i;

/**
 * `Sent At` of an invitation: `1/29/26, 2:37 PM`, UTC ms. The file names no zone.
 * @param zone in which it is read
 */
export function invitedAt(text: string, zone: string): number | null {
  const found = SENT_AT.exec(text);
  const day = connectedOn(found?.[1] ?? '');
  if (!found || day === null) return null;
  const [hour, minute] = [Number(found[2]), Number(found[3])];
  if (hour < 1 || hour > 12 || minute > 59) return null;
  const plainTime = Temporal.PlainTime.from({
    hour: (hour % 12) + (found[4]?.toLowerCase() === 'p' ? 12 : 0),
    minute,
  });
  return Temporal.PlainDate.from(day).toZonedDateTime({ timeZone: zone, plainTime }).epochMilliseconds;
}

function date(year = '', month: number, day = ''): string | null {
  const whole = Number(year) + (year.length === 2 ? 2000 : 0);
  const iso = [whole, month, Number(day)].map((part) => String(part).padStart(2, '0')).join('-');
  try {
    return Temporal.PlainDate.from(iso, { overflow: 'reject' }).toString();
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}
