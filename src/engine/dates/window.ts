import type { SendingWindow } from '../model.ts';
import { folded, suggest } from '../suggest.ts';

/** What a person typed, understood; or what is wrong with it and what is allowed, ready to be shown. */
export type Parsed<T> = { ok: true; value: T } | { ok: false; problem: string };

const bad = (problem: string): { ok: false; problem: string } => ({ ok: false, problem });

/** ISO order; the first two names are the ones shown. */
const DAY_NAMES: readonly (readonly string[])[] = [
  ['lun', 'mon', 'lundi', 'monday', 'lu'],
  ['mar', 'tue', 'mardi', 'tuesday', 'ma', 'tues'],
  ['mer', 'wed', 'mercredi', 'wednesday', 'me'],
  ['jeu', 'thu', 'jeudi', 'thursday', 'je', 'thur', 'thurs'],
  ['ven', 'fri', 'vendredi', 'friday', 've'],
  ['sam', 'sat', 'samedi', 'saturday', 'sa'],
  ['dim', 'sun', 'dimanche', 'sunday', 'di'],
];
const DAYS_ALLOWED = 'days such as lun-ven, mon-fri or "lun, mar, jeu"';

/**
 * `lun-ven`, `mon-fri`, `lun, mar, jeu`, `lundi au jeudi et samedi`: ISO days in order, each once. A range may
 * go over the week's end (`sam-lun`).
 */
export function parseDays(text: string): Parsed<number[]> {
  const parts = folded(text)
    .replace(/\s*[-–—]\s*|\s+(?:au|a|to)\s+/g, '-')
    .split(/[\s,;]+/)
    .filter((part) => part !== '' && part !== 'et' && part !== 'and');
  if (parts.length === 0) return bad(`no day given; allowed: ${DAYS_ALLOWED}`);
  const days = new Set<number>();
  for (const part of parts) {
    const [from = '', to = from, ...rest] = part.split('-');
    if (rest.length > 0) return bad(`"${part}" is no range of days; allowed: ${DAYS_ALLOWED}`);
    const [first, last] = [dayNumber(from), dayNumber(to)];
    if (first === null) return unknownDay(from);
    if (last === null) return unknownDay(to);
    for (let day = first; ; day = (day % 7) + 1) {
      days.add(day);
      if (day === last) break;
    }
  }
  return { ok: true, value: [...days].sort((a, b) => a - b) };
}

function dayNumber(name: string): number | null {
  const index = DAY_NAMES.findIndex((names) => names.includes(name.replace(/\.$/, '')));
  return index < 0 ? null : index + 1;
}

function unknownDay(name: string) {
  const meant = suggest(name, DAY_NAMES.flat());
  return bad(`"${name}" is no day${meant ? ` (did you mean "${meant}"?)` : ''}; allowed: ${DAYS_ALLOWED}`);
}

const HOURS = /^(\d{1,2})(?:[h:](\d{2})?)?\s*(?:-|–|—|a|to)\s*(\d{1,2})(?:[h:](\d{2})?)?$/;
const HOURS_ALLOWED = 'hours such as 09:00-18:00 or 9h-18h30';

/** `09:00-18:00`, `9h-18h`, `9h30 à 18h`: minutes after midnight, `to` exclusive and at most 24:00. */
export function parseHours(text: string): Parsed<Pick<SendingWindow, 'from' | 'to'>> {
  const match = HOURS.exec(folded(text));
  if (!match) return bad(`"${text}" are no hours; allowed: ${HOURS_ALLOWED}`);
  const [, fromHour, fromMinute = '0', toHour, toMinute = '0'] = match;
  if (Number(fromMinute) > 59 || Number(toMinute) > 59)
    return bad(`"${text}" are no hours: minutes go from 00 to 59`);
  const from = Number(fromHour) * 60 + Number(fromMinute);
  const to = Number(toHour) * 60 + Number(toMinute);
  if (Number(fromHour) > 24) return bad(`"${text}" are no hours: a day ends at 24:00`);
  if (to > 24 * 60) return bad(`"${text}" are no hours: a day ends at 24:00`);
  if (from === to) return bad(`"${text}" leaves no time to send; allowed: ${HOURS_ALLOWED}`);
  if (from > to)
    return bad(
      `"${text}" goes backwards; a window does not cross midnight, did you mean "${hoursText({ from: to, to: from })}"?`,
    );
  return { ok: true, value: { from, to } };
}

/**
 * An IANA zone in its usual spelling (`europe/paris` is `Europe/Paris`). Offsets such as `+02:00` are refused:
 * they know no summer time.
 */
export function parseTimezone(name: string): Parsed<string> {
  const zones = Intl.supportedValuesOf('timeZone');
  const listed = zones.find((zone) => zone.toLowerCase() === name.toLowerCase());
  if (listed) return { ok: true, value: listed };
  // Older and newer names (Europe/Kyiv, UTC) are accepted, though only one of each pair is listed.
  if (/^[A-Za-z]/.test(name) && isAccepted(name)) return { ok: true, value: name };
  const meant =
    zones.find((zone) => folded(zone).split('/').pop() === folded(name).replaceAll(' ', '_')) ??
    suggest(name, zones);
  return bad(
    `"${name}" is no time zone${meant ? `, did you mean "${meant}"?` : '; allowed: IANA names such as Europe/Paris'}`,
  );
}

function isAccepted(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/** `lun-ven`, `lun, mer, ven`: runs of three and more as a range. */
export function daysText(days: readonly number[]): string {
  const name = (day: number) => DAY_NAMES[day - 1]?.[0] ?? String(day);
  const runs: number[][] = [];
  for (const day of [...days].sort((a, b) => a - b)) {
    const run = runs.at(-1);
    if (run?.at(-1) === day - 1) run.push(day);
    else runs.push([day]);
  }
  return runs
    .map((run) =>
      run.length > 2 ? `${name(run[0] ?? 0)}-${name(run.at(-1) ?? 0)}` : run.map(name).join(', '),
    )
    .join(', ');
}

/** `09:00-18:00` */
export const hoursText = ({ from, to }: Pick<SendingWindow, 'from' | 'to'>): string =>
  `${clock(from)}-${clock(to)}`;

const clock = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
