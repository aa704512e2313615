import { describe, expect, it } from 'vitest';
import { Calendar } from '../../src/engine/dates/calendar.ts';
import { type Limits, readRooms } from '../../src/engine/limits/rooms.ts';
import type { Usage } from '../../src/engine/ports/ticks.ts';

const PARIS: Limits = {
  zone: 'Europe/Paris',
  lanes: [
    { lane: 'email', channel: 'email', sender: 'claire', caps: { hour: 5, day: 50, week: 90 }, ramp: [] },
  ],
};

/** Since when a tick at this instant counts what was sent. */
async function since(now: string) {
  const asked: Record<'hour' | 'day' | 'week', number>[] = [];
  await readRooms({
    limits: PARIS,
    store: {
      ownLimits: async () => [],
      campaignUsage: async () => [],
      usage: async (_, from) => {
        asked.push(from);
        return [] satisfies Usage[];
      },
    },
    calendar: new Calendar(() => false),
    now: Date.parse(now),
  });
  const [from] = asked;
  return from && { day: new Date(from.day).toISOString(), week: new Date(from.week).toISOString() };
}

describe('the caps of a sender', () => {
  it('count a day from the midnight of the workspace, not from that of Greenwich', async () => {
    expect(await since('2026-11-23T23:30:00Z')).toMatchObject({ day: '2026-11-23T23:00:00.000Z' });
    expect(await since('2026-07-14T12:00:00Z')).toMatchObject({ day: '2026-07-13T22:00:00.000Z' });
  });

  it.each([
    ['an ordinary one', '2026-11-23T09:00:00Z', '2026-11-16T23:00:00.000Z'],
    ['with a night of 25 hours', '2026-10-25T22:30:00Z', '2026-10-18T22:00:00.000Z'],
    ['with a night of 23 hours', '2027-04-01T22:30:00Z', '2027-03-26T23:00:00.000Z'],
  ])('count a week as seven dates with today: %s', async (_, now, week) => {
    expect(await since(now)).toMatchObject({ week });
  });
});
