import type { Place } from '../dates/place.ts';
import type { SendingWindow } from '../model.ts';

export interface AllowedBy {
  window: SendingWindow;
  place: Place;
}

/** The hours and the place that a claim noted (ports/ticks.ts Allowed); null when the text is not that. */
export function readAllowed(text: string): AllowedBy | null {
  const value = parsed(text);
  if (typeof value !== 'object' || value === null) return null;
  const { days, from, to, daysOff, zone, region }: Partial<Record<string, unknown>> = { ...value };
  if (typeof from !== 'number' || typeof to !== 'number') return null;
  if (typeof zone !== 'string' || typeof region !== 'string' || !isZone(zone)) return null;
  if (!Array.isArray(days)) return null;
  return {
    window: {
      days: days.filter((day) => typeof day === 'number'),
      from,
      to,
      daysOff: Array.isArray(daysOff) ? daysOff.filter((date) => typeof date === 'string') : [],
    },
    place: { zone, region },
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function isZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}
