import { Temporal } from 'temporal-polyfill';
import type { Channel, SendingWindow } from '../model.ts';
import type { Duration } from './duration.ts';
import type { Place } from './place.ts';

/** Says whether a date (`2026-11-11`) is a public holiday in a region (`FR`, `FR-67`, `RE`). */
export type IsHoliday = (date: string, region: string) => boolean;

/**
 * Commercial SMS in France: Monday to Saturday, 08:30 to 20:00, never on Sundays or public holidays, whatever a
 * campaign's own window says (docs/compliance.md names the sources).
 */
const SMS_LAW: Omit<SendingWindow, 'daysOff'> = {
  days: [1, 2, 3, 4, 5, 6],
  from: 8 * 60 + 30,
  to: 20 * 60,
};

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
/** Zone offsets change on quarter hours only, so one look-up serves a quarter of an hour. */
const OFFSET_BUCKET_MS = 15 * MINUTE_MS;
/** A window that does not open within a year never does. */
const SEARCH_DAYS = 370;

/**
 * Dates in people's zones. Instants are UTC ms. Look-ups are remembered, because a tick asks the same few
 * questions for thousands of people; the answers do not depend on what was asked before.
 */
export class Calendar {
  readonly #isHoliday: IsHoliday;
  readonly #offsets = new Map<string, number>();
  /** Null: it changes on that day. */
  readonly #dayOffsets = new Map<string, number | null>();
  readonly #instants = new Map<string, number>();
  readonly #dates = new Map<number, string>();

  constructor(isHoliday: IsHoliday) {
    this.#isHoliday = isHoliday;
  }

  /**
   * `from` plus a wait: hours are elapsed time, days keep the local time of day over daylight-saving changes,
   * business days count only the window's days that are neither holidays nor days off.
   */
  addWait(from: number, wait: Duration, place: Place, window: SendingWindow): number {
    if (wait.unit === 'h') return from + wait.amount * 60 * MINUTE_MS;
    const { day, timeOfDay } = this.#local(from, place.zone);
    if (wait.amount === 0) return from;
    const target = wait.unit === 'd' ? day + wait.amount : this.#businessDay(day, wait.amount, place, window);
    const minutes = Math.floor(timeOfDay / MINUTE_MS);
    return this.#instant(target, minutes, place.zone) + (timeOfDay - minutes * MINUTE_MS);
  }

  /** The first moment at or after `at` when this channel may be used there; null if the window never opens. */
  nextOpening(at: number, window: SendingWindow, place: Place, channel: Channel): number | null {
    const hours = channel === 'sms' ? intersect(window, SMS_LAW) : window;
    const { day: today } = this.#local(at, place.zone);
    for (let day = today; day < today + SEARCH_DAYS; day += 1) {
      if (!this.#open(day, hours, place)) continue;
      const closes = this.#instant(day, hours.to, place.zone);
      if (at < closes) return Math.max(at, this.#instant(day, hours.from, place.zone));
    }
    return null;
  }

  /** The end of the opening that `at` lies in, on the same local day. */
  closing(at: number, window: SendingWindow, place: Place, channel: Channel): number {
    const hours = channel === 'sms' ? intersect(window, SMS_LAW) : window;
    return this.#instant(this.#local(at, place.zone).day, hours.to, place.zone);
  }

  /** Local midnight that begins the day of `at`. */
  startOfDay(at: number, zone: string): number {
    return this.#instant(this.#local(at, zone).day, 0, zone);
  }

  /** Local midnight that begins the day so many calendar days before that of `at` (after it: a negative number). */
  startOfDaysAgo(at: number, days: number, zone: string): number {
    return this.#instant(this.#local(at, zone).day - days, 0, zone);
  }

  /** Midnights between two instants, in a zone. */
  daysBetween(from: number, to: number, zone: string): number {
    return this.#local(to, zone).day - this.#local(from, zone).day;
  }

  /** The local date, `2026-11-23`. */
  dateOf(at: number, zone: string): string {
    return this.#date(this.#local(at, zone).day);
  }

  /** Local midnight that ends the day of `at`. */
  endOfDay(at: number, zone: string): number {
    return this.#instant(this.#local(at, zone).day + 1, 0, zone);
  }

  /** Local midnight that begins a date (`2026-12-01`), or null when there is no such date (`2026-02-30`). */
  startOfDate(date: string, zone: string): number | null {
    try {
      return Temporal.PlainDate.from(date, { overflow: 'reject' }).toZonedDateTime(zone).epochMilliseconds;
    } catch (error) {
      if (error instanceof RangeError) return null;
      throw error;
    }
  }

  #open(day: number, hours: SendingWindow, place: Place): boolean {
    return (
      hours.from < hours.to &&
      hours.days.includes(isoWeekday(day)) &&
      !hours.daysOff.includes(this.#date(day)) &&
      !this.#isHoliday(this.#date(day), place.region)
    );
  }

  #businessDay(day: number, amount: number, place: Place, window: SendingWindow): number {
    let target = day;
    for (let left = amount, steps = 0; left > 0 && steps < SEARCH_DAYS * 3; steps += 1) {
      target += 1;
      if (this.#open(target, window, place)) left -= 1;
    }
    return target;
  }

  #local(at: number, zone: string): { day: number; timeOfDay: number } {
    const local = at + this.#offset(at, zone);
    const day = Math.floor(local / DAY_MS);
    return { day, timeOfDay: local - day * DAY_MS };
  }

  /** No zone changes its offset and changes it back within a day: where both ends agree, the day has one. */
  #offset(at: number, zone: string): number {
    const day = Math.floor(at / DAY_MS);
    const ofDay = remember(this.#dayOffsets, `${zone}|${day}`, () => {
      const offset = offsetAt(day * DAY_MS, zone);
      return offset === offsetAt((day + 1) * DAY_MS, zone) ? offset : null;
    });
    if (ofDay !== null) return ofDay;
    const bucket = Math.floor(at / OFFSET_BUCKET_MS) * OFFSET_BUCKET_MS;
    return remember(this.#offsets, `${zone}|${bucket}`, () => offsetAt(bucket, zone));
  }

  /** A local time that a spring night skips becomes the hour after; one that an autumn night repeats, the first. */
  #instant(day: number, minutes: number, zone: string): number {
    return remember(this.#instants, `${zone}|${day}|${minutes}`, () => {
      const time = Temporal.PlainTime.from('00:00').add({ minutes: minutes % 1440 });
      const date = Temporal.PlainDate.from(this.#date(day + Math.floor(minutes / 1440)));
      return date.toZonedDateTime({ timeZone: zone, plainTime: time }).epochMilliseconds;
    });
  }

  #date(day: number): string {
    return remember(this.#dates, day, () =>
      Temporal.PlainDate.from('1970-01-01').add({ days: day }).toString(),
    );
  }
}

const offsetAt = (at: number, zone: string): number =>
  Math.round(Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone).offsetNanoseconds / 1e6);

/** Day 0 of the epoch was a Thursday. */
const isoWeekday = (day: number): number => ((((day + 3) % 7) + 7) % 7) + 1;

const intersect = (window: SendingWindow, law: Omit<SendingWindow, 'daysOff'>): SendingWindow => ({
  days: window.days.filter((day) => law.days.includes(day)),
  from: Math.max(window.from, law.from),
  to: Math.min(window.to, law.to),
  daysOff: window.daysOff,
});

function remember<K, V>(memory: Map<K, V>, key: K, compute: () => V): V {
  const known = memory.get(key);
  if (known !== undefined) return known;
  const value = compute();
  memory.set(key, value);
  return value;
}
