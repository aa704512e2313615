import { Temporal } from 'temporal-polyfill';
import type { Parsed } from './window.ts';

/** A stretch of the calendar: `90d`, `6w`, `18m` (months), `3y`; in French also `90j`, `3a`. */
export interface Period {
  amount: number;
  unit: 'days' | 'weeks' | 'months' | 'years';
}

const UNITS: Readonly<Record<string, Period['unit']>> = {
  d: 'days',
  j: 'days',
  w: 'weeks',
  m: 'months',
  y: 'years',
  a: 'years',
};

export function parsePeriod(text: string): Parsed<Period> {
  const found = /^([1-9]\d{0,3})\s*([djwmya])$/i.exec(text.trim());
  const unit = UNITS[found?.[2]?.toLowerCase() ?? ''];
  if (!found?.[1] || !unit) return { ok: false, problem: `no period: "${text}"; allowed: 90d, 6w, 18m, 3y` };
  return { ok: true, value: { amount: Number(found[1]), unit } };
}

/**
 * The same time of day so much later (or earlier, with `sign` -1) by the calendar of the zone; from the last day of
 * a month to that of a shorter one. UTC ms.
 */
export function shift(at: number, { amount, unit }: Period, zone: string, sign: 1 | -1): number {
  const from = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone);
  return from.add({ [unit]: sign * amount }).epochMilliseconds;
}
