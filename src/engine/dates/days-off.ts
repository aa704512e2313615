import { folded } from '../suggest.ts';
import type { Parsed } from './window.ts';

/** Beyond a year and a bit a window would never open again (calendar.ts); a slip of the year is far beyond. */
const MOST_DAYS = 400;
const DAY_MS = 86_400_000;

const ISO = String.raw`\d{4}-\d{2}-\d{2}`;
const FRENCH = String.raw`\d{1,2}/\d{1,2}/\d{4}`;
const DATE = `(${ISO}|${FRENCH})`;
const PART = new RegExp(`^(?:du |from )?${DATE}(?:\\s*(?:\\.\\.+|…|-|–|—|\\b(?:au|a|to)\\b)\\s*${DATE})?$`);

const ALLOWED =
  'dates such as 2026-12-24 or 24/12/2026, and ranges such as 2026-12-24..2027-01-02, with commas between';

/**
 * `2026-12-24`, `24/12/2026`, `2026-12-24..2027-01-02`, `24/12/2026-02/01/2027`, several with commas between:
 * ISO dates in order, each once. An empty text is no day off.
 */
export function parseDaysOff(text: string): Parsed<string[]> {
  const days = new Set<number>();
  for (const part of folded(text).split(/[,;\n]+|\s(?:et|and)\s/)) {
    const typed = part.trim();
    if (typed === '') continue;
    const range = parseRange(typed);
    if (!range.ok) return range;
    const [first, last] = range.value;
    if (last - first >= MOST_DAYS) return tooMany(`"${typed}" is ${last - first + 1} days`);
    for (let day = first; day <= last; day += 1) days.add(day);
  }
  if (days.size > MOST_DAYS) return tooMany(`${days.size} days off`);
  return { ok: true, value: [...days].sort((a, b) => a - b).map(isoDate) };
}

const tooMany = (found: string): Parsed<never> => ({
  ok: false,
  problem: `${found}; at most ${MOST_DAYS} are allowed, is the year right?`,
});

function parseRange(typed: string): Parsed<[number, number]> {
  const [, from, to = from] = PART.exec(typed) ?? [];
  if (from === undefined || to === undefined) return noDate(typed);
  const [first, last] = [dayOf(from), dayOf(to)];
  if (first === null) return noDate(from);
  if (last === null) return noDate(to);
  if (first > last)
    return {
      ok: false,
      problem: `"${typed}" goes backwards, did you mean "${isoDate(last)}..${isoDate(first)}"?`,
    };
  return { ok: true, value: [first, last] };
}

const noDate = (typed: string): Parsed<never> => ({
  ok: false,
  problem: `"${typed}" is no date; allowed: ${ALLOWED}`,
});

/** Days since 1970-01-01, or null where there is no such date (`2026-02-30`). */
function dayOf(text: string): number | null {
  const [day = '', month = '', year = ''] = text.includes('/') ? text.split('/') : text.split('-').reverse();
  const iso = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const number = Date.UTC(Number(year), Number(month) - 1, Number(day)) / DAY_MS;
  return isoDate(number) === iso ? number : null;
}

const isoDate = (day: number): string => new Date(day * DAY_MS).toISOString().slice(0, 10);

/** `2026-12-24..2027-01-02, 2027-05-14`: runs of three and more as a range; the parser reads it back. */
export function daysOffText(daysOff: readonly string[]): string {
  const runs: string[][] = [];
  for (const date of daysOff) {
    const run = runs.at(-1);
    const before = isoDate((dayOf(date) ?? 0) - 1);
    if (run?.at(-1) === before) run.push(date);
    else runs.push([date]);
  }
  return runs.map((run) => (run.length > 2 ? `${run[0]}..${run.at(-1)}` : run.join(', '))).join(', ');
}
