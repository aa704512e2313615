const FRENCH = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})(?:[ T]+(\d{1,2}):(\d{2})(?::(\d{2}))?)?$/;
const WORDY = /^(\d{1,2}) (jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]* (\d{4})$/i;
const ISO = /^\d{4}-\d{2}-\d{2}(?:[T ].*)?$/;
const MONTHS = 'janfebmaraprmayjunjulaugsepoctnovdec';

/** Whether a column holds dates, by its folded name: `date_de_contact`, LinkedIn's `connected_on`. */
export const isDateColumn = (key: string): boolean => /(?:^|_)dates?(?:_|$)|^connected_on$/.test(key);

/**
 * JJ/MM/AAAA (also JJ.MM.AA, `07 Nov 2026`, with a time of day) as an ISO date; ISO stays. Null for what is no
 * such date: 13/25/2026 may be American, and is not guessed.
 */
export function readDate(text: string): string | null {
  const found = FRENCH.exec(text);
  if (!found) return ISO.test(text) ? text : readWordy(text);
  const year = Number(found[3]) + (found[3]?.length === 2 ? 2000 : 0);
  const date = iso(year, Number(found[2]), Number(found[1]));
  if (date === null || found[4] === undefined) return date;
  const [hour, minute, second] = [found[4].padStart(2, '0'), found[5] ?? '00', found[6]];
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second ?? 0) > 59) return null;
  return `${date}T${hour}:${minute}${second === undefined ? '' : `:${second}`}`;
}

function readWordy(text: string): string | null {
  const found = WORDY.exec(text);
  if (!found) return null;
  return iso(Number(found[3]), MONTHS.indexOf((found[2] ?? '').toLowerCase()) / 3 + 1, Number(found[1]));
}

function iso(year: number, month: number, day: number): string | null {
  const leap = month === 2 && year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  if (day < 1 || day > (LENGTHS[month - 1] ?? 0) + (leap ? 1 : 0)) return null;
  return `${String(year).padStart(4, '0')}-${month < 10 ? '0' : ''}${month}-${day < 10 ? '0' : ''}${day}`;
}

const LENGTHS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
