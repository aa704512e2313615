/** How instants are shown. `at` is UTC ms; the zone is named where it is not the reader's own. */

/** `Mon 23 Nov 2026 09:00` in the zone. */
export function dateTimeIn(at: number, zone: string): string {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    weekday: 'short',
    day: '2-digit',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(at);
  const part = (type: string): string => parts.find((each) => each.type === type)?.value ?? '';
  return `${part('weekday')} ${part('day')} ${part('month')} ${part('year')} ${part('hour')}:${part('minute')}`;
}

/** `Mon 23 Nov 2026 09:00 Europe/Paris, 12:00 Indian/Reunion`: the second zone where it differs, its date where that does. */
export function dateTimeInBoth(at: number, zone: string, other: string): string {
  const first = `${dateTimeIn(at, zone)} ${zone}`;
  if (other === zone) return first;
  const [here, there] = [dateTimeIn(at, zone), dateTimeIn(at, other)];
  if (here === there) return first;
  const sameDay = here.slice(0, -5) === there.slice(0, -5);
  return `${first}, ${sameDay ? there.slice(-5) : there} ${other}`;
}

const UNITS: readonly [number, Intl.RelativeTimeFormatUnit][] = [
  [86_400_000, 'day'],
  [3_600_000, 'hour'],
  [60_000, 'minute'],
];

/** `in 3 days`, `2 hours ago`, `now`: for a terminal only; scripts get ISO times. */
export function relative(at: number, now: number): string {
  const distance = at - now;
  for (const [size, unit] of UNITS)
    if (Math.abs(distance) >= size)
      return new Intl.RelativeTimeFormat('en', { numeric: 'always' }).format(
        Math.round(distance / size),
        unit,
      );
  return 'now';
}

/** The same of the next touch: one whose time has come goes out with the next tick. */
export const untilTouch = (at: number, now: number): string => (at <= now ? 'due now' : relative(at, now));

export const isoOrNull = (at: number | null): string | null =>
  at === null ? null : new Date(at).toISOString();
