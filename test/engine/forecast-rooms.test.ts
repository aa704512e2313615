import { expect, it } from 'vitest';
import { type LaneRoom, Rooms } from '../../src/engine/forecast/rooms.ts';
import type { Caps } from '../../src/engine/limits/caps.ts';
import { HOUR } from '../builders.ts';
import { calendar } from './snapshot.ts';

/** Monday, 09:00 in Paris. */
const MORNING = Date.UTC(2026, 10, 23, 8);
const PARIS = { region: 'FR', zone: 'Europe/Paris' };
const WINDOW = { days: [1, 2, 3, 4, 5], from: 9 * 60, to: 12 * 60, daysOff: [] };

function roomsOf(caps: Partial<Caps>, more: Partial<LaneRoom> = {}) {
  const lane: LaneRoom = {
    ...{ lane: 'email', sender: 'email claire', ramp: [], campaign: null, used: [], firstAt: null },
    caps: { hour: null, day: null, week: null, ...caps },
    ...more,
  };
  const rooms = new Rooms([lane], calendar, { zone: PARIS.zone, now: MORNING });
  const opening = (at: number) => calendar.nextOpening(at, WINDOW, PARIS, 'email');
  /** As the forecast asks: at once where there is room, else later. */
  const place = (at: number): string => {
    const taken = rooms.take('email', at) ? at : rooms.takeLater('email', at, { where: 'paris', opening });
    return taken === null ? 'never' : new Date(taken).toISOString().slice(8, 16);
  };
  return { rooms, place, opening };
}

it('no more in an hour than the hour has, and no more on a day than its hours have', () => {
  const { place } = roomsOf({ hour: 2, day: 150 });
  expect(Array.from({ length: 8 }, () => place(MORNING))).toEqual([
    ...['23T08:00', '23T08:00', '23T09:00', '23T09:00', '23T10:00', '23T10:00'],
    ...['24T08:00', '24T08:00'],
  ]);
});

it('the day ends before its hours where its cap is lower', () => {
  const { place } = roomsOf({ hour: 2, day: 3 });
  expect(Array.from({ length: 5 }, () => place(MORNING))).toEqual([
    ...['23T08:00', '23T08:00', '23T09:00', '24T08:00', '24T08:00'],
  ]);
});

it('the ramp holds for hours as well', () => {
  const { place } = roomsOf({ hour: 4, day: 150 }, { ramp: [{ day: 1, share: 0.25 }] });
  expect(Array.from({ length: 3 }, () => place(MORNING))).toEqual(['23T08:00', '23T09:00', '23T10:00']);
});

it('who comes when an hour is over finds the room of the next one', () => {
  const { place } = roomsOf({ hour: 1 });
  expect([place(MORNING), place(MORNING + HOUR), place(MORNING + HOUR)]).toEqual([
    ...['23T08:00', '23T09:00', '23T10:00'],
  ]);
});

it('thousands in one hour each are placed, whichever hours are open to them', () => {
  const { rooms, place, opening } = roomsOf({ hour: 1 });
  for (let each = 0; each < 4500; each += 1) place(MORNING);
  const elsewhere = rooms.takeLater('email', MORNING, { where: 'elsewhere', opening });
  expect(elsewhere).toBeGreaterThan(MORNING + 4 * 365 * 24 * HOUR);
});
