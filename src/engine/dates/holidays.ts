import Holidays from 'date-holidays';
import type { IsHoliday } from './calendar.ts';

/**
 * Public holidays from the date-holidays tables, by region: `FR`, `FR-67` (Alsace-Moselle), `RE`, `BE` ... A region
 * the tables do not know has none. Pure: it never asks what day it is.
 */
export function publicHolidays(): IsHoliday {
  const years = new Map<string, Set<string>>();
  return (date, region) => {
    const year = date.slice(0, 4);
    const key = `${region}|${year}`;
    let dates = years.get(key);
    if (!dates) {
      dates = load(region, Number(year));
      years.set(key, dates);
    }
    return dates.has(date);
  };
}

function load(region: string, year: number): Set<string> {
  const [country = '', state] = region.split('-');
  const table = state ? new Holidays(country, state) : new Holidays(country);
  const days = table.getHolidays(year) || [];
  return new Set(days.filter((day) => day.type === 'public').map((day) => day.date.slice(0, 10)));
}
