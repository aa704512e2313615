import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Calendar } from '../../src/engine/dates/calendar.ts';
import { publicHolidays } from '../../src/engine/dates/holidays.ts';
import type { Channel, SendingWindow } from '../../src/engine/model.ts';
import { durationOf } from '../../src/engine/scenario/scenario.ts';

const calendar = new Calendar(publicHolidays());
const OFFICE: SendingWindow = { days: [1, 2, 3, 4, 5], from: 9 * 60, to: 18 * 60, daysOff: [] };
const PARIS = { zone: 'Europe/Paris', region: 'FR' };
const REUNION = { zone: 'Indian/Reunion', region: 'RE' };
const STRASBOURG = { zone: 'Europe/Paris', region: 'FR-67' };

const at = (iso: string): number => Date.parse(iso);
const iso = (ms: number | null): string | null => (ms === null ? null : new Date(ms).toISOString());
const opening = (from: string, place = PARIS, channel: Channel = 'email', window = OFFICE) =>
  iso(calendar.nextOpening(at(from), window, place, channel));

describe('the next opening of a window', () => {
  it.each([
    ['inside the window stays', '2026-11-23T09:30:00Z', '2026-11-23T09:30:00.000Z'],
    ['its first minute belongs to it', '2026-11-23T08:00:00Z', '2026-11-23T08:00:00.000Z'],
    ['its last minute belongs to it', '2026-11-23T16:59:59Z', '2026-11-23T16:59:59.000Z'],
    ['its end does not', '2026-11-23T17:00:00Z', '2026-11-24T08:00:00.000Z'],
    ['before it opens, the same day', '2026-11-23T03:00:00Z', '2026-11-23T08:00:00.000Z'],
    ['Friday evening leads to Monday', '2026-11-27T18:00:00Z', '2026-11-30T08:00:00.000Z'],
    ['11 November is a holiday', '2026-11-10T18:00:00Z', '2026-11-12T08:00:00.000Z'],
    ['Easter Monday is one too', '2026-04-03T17:00:00Z', '2026-04-07T07:00:00.000Z'],
    ['over the turn of the year', '2026-12-31T18:00:00Z', '2027-01-04T08:00:00.000Z'],
    [
      'summer time begins on Sunday: Monday opens an hour earlier in UTC',
      '2026-03-28T12:00:00Z',
      '2026-03-30T07:00:00.000Z',
    ],
    ['winter time begins on Sunday', '2026-10-24T12:00:00Z', '2026-10-26T08:00:00.000Z'],
    ['29 February is a day like others', '2028-02-28T18:00:00Z', '2028-02-29T08:00:00.000Z'],
  ])('%s', (_, from, expected) => {
    expect(opening(from)).toBe(expected);
  });

  it('is that of the place: nine o’clock in Saint-Denis is five in London', () => {
    expect(opening('2026-11-23T00:00:00Z', REUNION)).toBe('2026-11-23T05:00:00.000Z');
  });

  it('knows the local holidays of Alsace-Moselle', () => {
    expect(opening('2025-12-26T10:00:00Z')).toBe('2025-12-26T10:00:00.000Z');
    expect(opening('2025-12-26T10:00:00Z', STRASBOURG)).toBe('2025-12-29T08:00:00.000Z');
  });

  const ALWAYS: SendingWindow = { days: [1, 2, 3, 4, 5, 6, 7], from: 0, to: 24 * 60, daysOff: [] };
  it.each([
    ['not before 08:30', '2026-11-23T05:00:00Z', '2026-11-23T07:30:00.000Z'],
    ['not after 20:00', '2026-11-23T19:00:00Z', '2026-11-24T07:30:00.000Z'],
    ['on Saturdays', '2026-11-28T10:00:00Z', '2026-11-28T10:00:00.000Z'],
    ['never on Sundays', '2026-11-29T10:00:00Z', '2026-11-30T07:30:00.000Z'],
    ['never on holidays', '2026-11-11T10:00:00Z', '2026-11-12T07:30:00.000Z'],
  ])('an SMS goes by law %s, whatever the campaign says', (_, from, expected) => {
    expect(opening(from, PARIS, 'sms', ALWAYS)).toBe(expected);
  });

  it('is null when a channel is never allowed: SMS in a campaign of the night', () => {
    expect(
      opening('2026-11-23T10:00:00Z', PARIS, 'sms', { days: [7], from: 0, to: 1440, daysOff: [] }),
    ).toBeNull();
    expect(
      opening('2026-11-23T10:00:00Z', PARIS, 'sms', { ...OFFICE, from: 21 * 60, to: 23 * 60 }),
    ).toBeNull();
  });

  it('lies inside the window, not before the question, and is its own next opening', () => {
    const zones = [
      'Europe/Paris',
      'Indian/Reunion',
      'America/Martinique',
      'America/New_York',
      'Asia/Kathmandu',
    ];
    fc.assert(
      fc.property(
        fc.integer({ min: at('2024-01-01'), max: at('2030-01-01') }),
        fc.constantFrom(...zones),
        fc.constantFrom<Channel>('email', 'sms', 'linkedin'),
        fc.integer({ min: 0, max: 23 * 60 }),
        fc.integer({ min: 1, max: 600 }),
        fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 }),
        (from, zone, channel, start, length, days) => {
          const window = { days, from: start, to: Math.min(start + length, 1440), daysOff: [] };
          const place = { zone, region: 'FR' };
          const found = calendar.nextOpening(from, window, place, channel);
          if (found === null) return;
          expect(found).toBeGreaterThanOrEqual(from);
          expect(calendar.nextOpening(found, window, place, channel)).toBe(found);
          const local = new Intl.DateTimeFormat('en-GB', {
            timeZone: zone,
            hour: '2-digit',
            minute: '2-digit',
            weekday: 'short',
            hourCycle: 'h23',
          }).formatToParts(found);
          const part = (type: string) => local.find((each) => each.type === type)?.value ?? '';
          const minutes = Number(part('hour')) * 60 + Number(part('minute'));
          const day = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'].indexOf(part('weekday')) + 1;
          expect(days).toContain(day);
          expect(minutes).toBeLessThan(window.to);
          // A spring night may swallow the first minutes of a window; nothing else makes it open late.
          expect(minutes).toBeGreaterThanOrEqual(window.from);
          if (channel === 'sms') expect(day).not.toBe(7);
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe('a wait', () => {
  const wait = (from: string, text: string, place = PARIS) =>
    iso(calendar.addWait(at(from), durationOf(text), place, OFFICE));
  it.each([
    ['0d is now', '2026-11-23T09:12:34Z', '0d', '2026-11-23T09:12:34.000Z'],
    ['hours are elapsed time', '2026-11-23T09:00:00Z', '6h', '2026-11-23T15:00:00.000Z'],
    ['days keep the time of day', '2026-11-23T09:12:34Z', '3d', '2026-11-26T09:12:34.000Z'],
    ['days keep the local time over summer time', '2026-03-27T09:00:00Z', '3d', '2026-03-30T08:00:00.000Z'],
    ['hours do not', '2026-03-28T22:00:00Z', '6h', '2026-03-29T04:00:00.000Z'],
    [
      'a time that the spring night skips becomes the hour after',
      '2026-03-28T01:30:00Z',
      '1d',
      '2026-03-29T01:30:00.000Z',
    ],
    ['business days skip the weekend', '2026-11-26T09:00:00Z', '2bd', '2026-11-30T09:00:00.000Z'],
    ['business days skip 11 November', '2026-11-10T09:00:00Z', '1bd', '2026-11-12T09:00:00.000Z'],
    ['over a leap day', '2028-02-28T09:00:00Z', '2d', '2028-03-01T09:00:00.000Z'],
  ])('%s', (_, from, text, expected) => {
    expect(wait(from, text)).toBe(expected);
  });
});

describe('dates', () => {
  it('end at local midnight, 23 or 25 hours after they began where clocks change', () => {
    expect(iso(calendar.endOfDay(at('2026-03-29T00:30:00Z'), 'Europe/Paris'))).toBe(
      '2026-03-29T22:00:00.000Z',
    );
    expect(iso(calendar.endOfDay(at('2026-10-25T00:30:00Z'), 'Europe/Paris'))).toBe(
      '2026-10-25T23:00:00.000Z',
    );
  });

  it('go back by the calendar, not by hours, over the nights in which clocks change', () => {
    const six = (text: string) => iso(calendar.startOfDaysAgo(at(text), 6, 'Europe/Paris'));
    expect(six('2026-10-30T22:30:00Z')).toBe('2026-10-23T22:00:00.000Z');
    expect(six('2026-10-29T23:30:00Z')).toBe('2026-10-23T22:00:00.000Z');
    expect(six('2026-04-03T22:30:00Z')).toBe('2026-03-28T23:00:00.000Z');
    expect(six('2026-11-23T09:00:00Z')).toBe('2026-11-16T23:00:00.000Z');
  });

  it('are local: late evening in London is the next day in Saint-Denis', () => {
    expect(calendar.dateOf(at('2026-11-23T21:00:00Z'), 'Indian/Reunion')).toBe('2026-11-24');
    expect(calendar.dateOf(at('2026-11-23T21:00:00Z'), 'Europe/Paris')).toBe('2026-11-23');
  });

  it('begin at local midnight, and one that does not exist is refused', () => {
    expect(iso(calendar.startOfDate('2026-12-01', 'Europe/Paris'))).toBe('2026-11-30T23:00:00.000Z');
    expect(calendar.startOfDate('2026-02-30', 'Europe/Paris')).toBeNull();
    expect(calendar.startOfDate('2026-13-01', 'Europe/Paris')).toBeNull();
  });
});
