import type { Calendar } from '../dates/calendar.ts';
import { CHANNELS, type Channel } from '../model.ts';
import type { Forecast, ForecastTouch } from './forecast.ts';

export interface ForecastDay {
  /** In the time zone of the campaign, `2026-11-23`. */
  date: string;
  /** Touches by channel; invitations are counted among those of LinkedIn, too. */
  channels: Record<Channel, number>;
  invitations: number;
}

/** Minutes of a person's time for a text to paste: read it, copy it, open the profile, confirm. Measured by nobody: an estimate. */
export const LINKEDIN_MINUTES = 1.5;

/** Days with a touch, in order. */
export function daysOf(
  { touches }: Forecast,
  calendar: Pick<Calendar, 'dateOf'>,
  zone: string,
): ForecastDay[] {
  const days = new Map<string, ForecastDay>();
  for (const { at, channel, kind } of touches) {
    const date = calendar.dateOf(at, zone);
    const day = days.get(date) ?? { date, channels: { linkedin: 0, email: 0, sms: 0 }, invitations: 0 };
    days.set(date, day);
    day.channels[channel] += 1;
    if (channel === 'linkedin' && kind === 'invitation') day.invitations += 1;
  }
  return [...days.values()].sort((one, other) => (one.date < other.date ? -1 : 1));
}

export function byChannel(touches: readonly ForecastTouch[]): Record<Channel, number> {
  const counts: Record<Channel, number> = { linkedin: 0, email: 0, sms: 0 };
  for (const { channel } of touches) counts[channel] += 1;
  return counts;
}

/** Minutes of LinkedIn work: on the busiest day, and on an average one of those that have any. Null: none. */
export function linkedinWork(days: readonly ForecastDay[]): { most: number; usual: number } | null {
  const minutes = days.map(({ channels }) => channels.linkedin * LINKEDIN_MINUTES).filter((each) => each > 0);
  if (minutes.length === 0) return null;
  const sum = minutes.reduce((total, each) => total + each, 0);
  return { most: Math.max(...minutes), usual: sum / minutes.length };
}

/** Channels that a campaign uses, in their usual order. */
export const usedChannels = (touches: readonly ForecastTouch[]): Channel[] =>
  CHANNELS.filter((channel) => touches.some((touch) => touch.channel === channel));
